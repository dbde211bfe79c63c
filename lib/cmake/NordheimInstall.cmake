# SPDX-License-Identifier: GPL-3.0-or-later
# Everything that `cmake --install` copies: library, headers, program, CMake package, pkg-config file, documents.
# No installed file contains the prefix: the installed tree may be moved.
include(CMakePackageConfigHelpers)

set(nordheim_cmakedir "${CMAKE_INSTALL_LIBDIR}/cmake/nordheim")

install(TARGETS nordheim EXPORT nordheim-targets)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/nordheim" "${PROJECT_BINARY_DIR}/lib/include/nordheim"
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
if(NORDHEIM_BUILD_PROGRAM)
  install(TARGETS nordheim_executable)
endif()

# The CMake package.
get_target_property(nordheim_library_type nordheim TYPE)
set(nordheim_is_static OFF)
if(nordheim_library_type STREQUAL "STATIC_LIBRARY")
  set(nordheim_is_static ON)
  install(FILES "${CMAKE_CURRENT_LIST_DIR}/FindFFTW3.cmake" DESTINATION "${nordheim_cmakedir}")
endif()
configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/nordheimConfig.cmake.in"
                              "${PROJECT_BINARY_DIR}/nordheimConfig.cmake" INSTALL_DESTINATION "${nordheim_cmakedir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/nordheimConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/nordheimConfig.cmake" "${PROJECT_BINARY_DIR}/nordheimConfigVersion.cmake"
        DESTINATION "${nordheim_cmakedir}")
install(EXPORT nordheim-targets FILE nordheimTargets.cmake NAMESPACE nordheim:: DESTINATION "${nordheim_cmakedir}")

# The pkg-config file. SUNDIALS and some builds of HDF5 have none of their own, so a static nordheim names their files.
file(RELATIVE_PATH nordheim_pc_prefix "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig" "${CMAKE_INSTALL_PREFIX}")
string(REGEX REPLACE "/$" "" nordheim_pc_prefix "${nordheim_pc_prefix}")
cmake_path(APPEND nordheim_pc_libdir "\${prefix}" "${CMAKE_INSTALL_LIBDIR}")
cmake_path(APPEND nordheim_pc_includedir "\${prefix}" "${CMAKE_INSTALL_INCLUDEDIR}")
set(nordheim_pc_requires "")
set(nordheim_pc_libs "")
if(nordheim_is_static)
  set(nordheim_pc_requires "fftw3 gsl muparser")
  if(TARGET SUNDIALS::cvode_shared)
    set(nordheim_pc_libs "-L$<TARGET_FILE_DIR:SUNDIALS::cvode_shared>")
  else()
    set(nordheim_pc_libs "-L$<TARGET_FILE_DIR:SUNDIALS::cvode_static>")
  endif()
  list(TRANSFORM NORDHEIM_SUNDIALS_TARGETS REPLACE "^SUNDIALS::" " -lsundials_" OUTPUT_VARIABLE nordheim_pc_sundials)
  string(APPEND nordheim_pc_libs ${nordheim_pc_sundials})
  set(nordheim_pc_hdf5 ${HDF5_HL_LIBRARIES} ${HDF5_LIBRARIES})
  list(REMOVE_DUPLICATES nordheim_pc_hdf5)
  list(JOIN nordheim_pc_hdf5 " " nordheim_pc_hdf5)
  string(APPEND nordheim_pc_libs " ${nordheim_pc_hdf5}")
  if(NORDHEIM_MPI)
    list(JOIN MPI_C_LIBRARIES " " nordheim_pc_mpi)
    string(APPEND nordheim_pc_libs " ${nordheim_pc_mpi}")
  endif()
  if(NORDHEIM_OPENMP)
    string(APPEND nordheim_pc_libs " ${OpenMP_CXX_FLAGS}")
  endif()
endif()
configure_file("${CMAKE_CURRENT_LIST_DIR}/nordheim.pc.in" "${PROJECT_BINARY_DIR}/nordheim.pc.configured" @ONLY)
file(GENERATE OUTPUT "${PROJECT_BINARY_DIR}/nordheim.pc" INPUT "${PROJECT_BINARY_DIR}/nordheim.pc.configured")
install(FILES "${PROJECT_BINARY_DIR}/nordheim.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

# Documents and examples.
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" "${PROJECT_SOURCE_DIR}/CITATION.cff" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/docs/" DESTINATION "${CMAKE_INSTALL_DOCDIR}" FILES_MATCHING PATTERN "*.md")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/examples/" DESTINATION "${CMAKE_INSTALL_DATADIR}/nordheim/examples"
        FILES_MATCHING PATTERN "*.toml" PATTERN "*.cpp")
