# SPDX-License-Identifier: GPL-3.0-or-later
# One step of the tests of the installed library, run by ctest as a script: cmake -DSTEP=... -P steps.cmake
#   install    installs the build tree BUILD_DIR, then moves the result to PREFIX: nothing in it may know where it was
#   symbols    looks for inline functions of Eigen in the library, which a consumer's Eigen could be confused with
#   cmake      builds and runs the consumer by find_package(nordheim)
#   pkg-config builds and runs the consumer by pkg-config and one compiler call
#   program    runs the installed program
# LINK is shared or static, WORK_DIR is a folder that the step may use, LIBDIR the folder of libraries below the prefix.

function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)
endfunction()

function(run_consumer program)
  execute_process(COMMAND "${program}" OUTPUT_VARIABLE output RESULT_VARIABLE result COMMAND_ECHO STDOUT)
  if(NOT result EQUAL 0 OR NOT output MATCHES "^nordheim ${VERSION}: beta = 1.250000000000, mu = 1.500000000000")
    message(FATAL_ERROR "the consumer ended with ${result} and said: ${output}")
  endif()
endfunction()

if(STEP STREQUAL "install")
  file(REMOVE_RECURSE "${PREFIX}" "${PREFIX}-first")
  run("${CMAKE_COMMAND}" --install "${BUILD_DIR}" --prefix "${PREFIX}-first")
  file(RENAME "${PREFIX}-first" "${PREFIX}")
elseif(STEP STREQUAL "symbols")
  file(GLOB library "${PREFIX}/${LIBDIR}/libnordheim.so" "${PREFIX}/${LIBDIR}/libnordheim.a")
  execute_process(COMMAND "${NM}" --defined-only "${library}" OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
  if(NOT symbols MATCHES "N14nordheim_eigen")
    message(FATAL_ERROR "no function of our Eigen is in ${library}: this test would find nothing")
  endif()
  if(symbols MATCHES "N5Eigen[A-Za-z0-9_]*")
    message(FATAL_ERROR "${library} defines functions of Eigen under its own name: ...${CMAKE_MATCH_0}...")
  endif()
elseif(STEP STREQUAL "cmake")
  file(REMOVE_RECURSE "${WORK_DIR}")
  set(languages CXX)
  set(whole OFF)
  if(LINK STREQUAL "static")
    set(whole ON)
    set(languages "C\\;CXX") # CMake's search for HDF5 compiles a C file
  endif()
  run("${CMAKE_COMMAND}" -S "${CMAKE_CURRENT_LIST_DIR}" -B "${WORK_DIR}" -G "${GENERATOR}"
      "-DLANGUAGES=${languages}" -DWHOLE_ARCHIVE=${whole} "-DCMAKE_CXX_COMPILER=${CXX}" "-DCMAKE_PREFIX_PATH=${PREFIX}")
  run("${CMAKE_COMMAND}" --build "${WORK_DIR}")
  run_consumer("${WORK_DIR}/consumer")
elseif(STEP STREQUAL "pkg-config")
  file(REMOVE_RECURSE "${WORK_DIR}")
  file(MAKE_DIRECTORY "${WORK_DIR}")
  set(ENV{PKG_CONFIG_PATH} "${PREFIX}/${LIBDIR}/pkgconfig:$ENV{PKG_CONFIG_PATH}")
  set(option)
  set(whole)
  if(LINK STREQUAL "static")
    set(option --static)
    set(whole "-L${PREFIX}/${LIBDIR}" -Wl,--whole-archive -lnordheim -Wl,--no-whole-archive)
  endif()
  execute_process(COMMAND "${PKG_CONFIG}" ${option} --cflags --libs nordheim OUTPUT_VARIABLE flags
                  COMMAND_ERROR_IS_FATAL ANY)
  separate_arguments(flags UNIX_COMMAND "${flags}")
  run("${CXX}" "${CMAKE_CURRENT_LIST_DIR}/consumer.cpp" -o "${WORK_DIR}/consumer" ${whole} ${flags})
  set(ENV{LD_LIBRARY_PATH} "${PREFIX}/${LIBDIR}:$ENV{LD_LIBRARY_PATH}")
  run_consumer("${WORK_DIR}/consumer")
elseif(STEP STREQUAL "program")
  execute_process(COMMAND "${PREFIX}/${BINDIR}/nordheim" --version OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)
  if(NOT output MATCHES "^nordheim ${VERSION}( with MPI)?\n$")
    message(FATAL_ERROR "the installed program says it is: ${output}")
  endif()
else()
  message(FATAL_ERROR "STEP is \"${STEP}\"")
endif()
