# SPDX-License-Identifier: GPL-3.0-or-later
# Run by ctest as a script. A public header may include nordheim's own headers and those of the C++ standard library,
# which have neither a dot nor a slash in their names; anything else would make a consumer need a dependency.
file(GLOB_RECURSE headers "${INCLUDE_DIR}/nordheim/*.hpp")
if(NOT headers)
  message(FATAL_ERROR "no headers below ${INCLUDE_DIR}/nordheim")
endif()
set(foreign "")
foreach(header ${headers})
  file(STRINGS "${header}" includes REGEX "^[ \t]*#[ \t]*include")
  foreach(line ${includes})
    if(NOT line MATCHES "^#include <(nordheim/[a-z0-9_/]+\\.hpp|[a-z0-9_]+)>")
      string(APPEND foreign "  ${header}: ${line}\n")
    endif()
  endforeach()
endforeach()
if(foreign)
  message(FATAL_ERROR "public headers include what is neither nordheim's nor the standard library's:\n${foreign}")
endif()
