# SPDX-License-Identifier: GPL-3.0-or-later
# Every external package, found once. Nothing is downloaded.

find_package(FFTW3 REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(GSL 2.7 REQUIRED)
# SUNDIALS 7 built with MPI names MPI::MPI_CXX in its targets without looking for it.
find_package(MPI QUIET COMPONENTS C CXX)
# Without a version: the version file of 6 refuses a range that crosses a major version.
find_package(SUNDIALS REQUIRED COMPONENTS cvode arkode nvecserial sunlinsolspgmr sunnonlinsolfixedpoint
                                          sunnonlinsolnewton)
if(SUNDIALS_VERSION VERSION_LESS 6.4 OR SUNDIALS_VERSION VERSION_GREATER_EQUAL 8)
  message(FATAL_ERROR "nordheim needs SUNDIALS 6.4 ... 7.x, found ${SUNDIALS_VERSION} in ${SUNDIALS_DIR}")
endif()
set(HDF5_PREFER_PARALLEL OFF)
find_package(HDF5 REQUIRED COMPONENTS C HL)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(muparser REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)
if(NORDHEIM_OPENMP)
  find_package(OpenMP REQUIRED COMPONENTS CXX)
endif()
if(NORDHEIM_BUILD_TESTS)
  find_package(Catch2 REQUIRED)
endif()
if(NORDHEIM_BUILD_BENCHMARKS)
  find_package(benchmark REQUIRED)
endif()
