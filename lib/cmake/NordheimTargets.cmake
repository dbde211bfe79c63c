# SPDX-License-Identifier: GPL-3.0-or-later
# What all of nordheim's own targets have in common.

# Warnings, sanitizers and processor flags; for nordheim's own targets only, never for a consumer's.
function(nordheim_own_target target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF CXX_VISIBILITY_PRESET default)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
  # GCC 12 sees overlapping copies in "text" + std::string (GCC bug 105651).
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(${target} PRIVATE -Wno-restrict)
  endif()
  if(NORDHEIM_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  # Clang warns of every `omp simd` loop that it does not vectorise, as at low optimisation or under a sanitizer.
  if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    target_compile_options(${target} PRIVATE -Wno-pass-failed)
    # A tenth of the time of clang-tidy for the same check.
    target_compile_options(${target} PRIVATE -Wreserved-identifier -Wreserved-macro-identifier)
  endif()
  if(NORDHEIM_NATIVE)
    target_compile_options(${target} PRIVATE -march=native)
    # GCC 12's own AVX-512 header trips these warnings (GCC bug 105593); the builds without -march=native keep them on.
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      target_compile_options(${target} PRIVATE -Wno-uninitialized -Wno-maybe-uninitialized)
    endif()
  endif()
  if(NORDHEIM_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${NORDHEIM_SANITIZE} -fno-omit-frame-pointer
                                             -fno-sanitize-recover=all)
    target_link_options(${target} PRIVATE -fsanitize=${NORDHEIM_SANITIZE})
  endif()
endfunction()
