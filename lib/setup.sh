# SPDX-License-Identifier: GPL-3.0-or-later
# Functions for examples/run.sh, tests/run.sh and .ci/run, which set `root` (the source tree) and source this file.
# set_up installs the Debian or Ubuntu packages that are missing and configures the build folder; nothing is changed
# outside the build folder when no package is missing.
#   NORDHEIM_BUILD          the build folder; build/ in the source tree if not set
#   NORDHEIM_CMAKE_OPTIONS  further options for CMake, separated by blanks

build=${NORDHEIM_BUILD:-$root/build}
jobs=$(nproc 2>/dev/null || echo 1)

# One word per need; "a|b" is met by any of the packages named, and a is the one that is installed when none is there.
nordheim_packages="g++ cmake ninja-build pkg-config|pkgconf libfftw3-dev libeigen3-dev libsundials-dev libgsl-dev
  libhdf5-mpi-dev|libhdf5-openmpi-dev|libhdf5-mpich-dev|libhdf5-dev libmuparser-dev libcli11-dev libtomlplusplus-dev
  nlohmann-json3-dev catch2 gnuplot-nox|gnuplot-qt|gnuplot-x11"

say() { printf 'nordheim: %s\n' "$*" >&2; }

# stop CODE SENTENCE...: 2 where the user has to act, 1 where a step failed.
stop() {
  code=$1
  shift
  say "$*"
  exit "$code"
}

# The names, and versions, of the systems whose packages are known to be recent enough.
check_system() {
  ID=unknown ID_LIKE='' VERSION_ID='' PRETTY_NAME=''
  if [ -r /etc/os-release ]; then . /etc/os-release; fi
  known='this script knows Debian 12 or later and Ubuntu 24.04 or later'
  by_hand='see docs/install.md for the packages to install by hand and the two CMake commands'
  case " $ID $ID_LIKE " in
    *' debian '* | *' ubuntu '*) ;;
    *) stop 2 "$known, and this is ${PRETTY_NAME:-$ID}: $by_hand" ;;
  esac
  release=${VERSION_ID%%.*}
  case $ID in
    debian) oldest=12 ;;
    ubuntu) oldest=24 ;;
    *) oldest=0 ;;
  esac
  # Debian testing and unstable have no VERSION_ID.
  if [ -n "$release" ] && [ "$release" -lt "$oldest" ] 2>/dev/null; then
    stop 2 "$known, and this is ${PRETTY_NAME:-$ID $VERSION_ID}, whose packages are too old: $by_hand"
  fi
  for tool in apt-get dpkg-query; do
    command -v "$tool" >/dev/null 2>&1 || stop 2 "$known, and here is no $tool: $by_hand"
  done
}

is_installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Those of the packages given that are not there.
missing_packages() {
  for need in "$@"; do
    found=
    for package in $(printf '%s' "$need" | tr '|' ' '); do
      if is_installed "$package"; then found=yes; fi
    done
    if [ -z "$found" ]; then printf '%s ' "${need%%|*}"; fi
  done
}

# install_packages NEED...: installs what is missing, and calls apt only then.
install_packages() {
  missing=$(missing_packages "$@")
  missing=${missing% }
  if [ -z "$missing" ]; then return 0; fi
  if [ "$(id -u)" = 0 ]; then
    as_root=
  elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; }; then
    as_root=sudo
  else
    stop 2 "these packages are missing, and you are neither root nor allowed to use sudo: $missing." \
      "Ask an administrator to run: apt-get update && apt-get install --no-install-recommends $missing"
  fi
  say "installing with apt-get: $missing"
  log=$(mktemp)
  # A package source that does not answer may be one that is not needed: the installation decides.
  $as_root apt-get update -q >"$log" 2>&1 || say "apt-get update reported an error; going on with what is known"
  if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -q -y \
    --no-install-recommends $missing >>"$log" 2>&1; then
    tail -n 20 "$log" >&2
    stop 1 "apt-get could not install $missing; its last lines are above, all of them in $log"
  fi
  rm -f "$log"
}

real_path() { (CDPATH='' cd -P -- "$1" 2>/dev/null && pwd -P); }

# configure_build FOLDER CMAKE-ARGUMENT...: quiet unless it fails.
configure_build() {
  folder=$1
  shift
  mkdir -p "$folder" || stop 2 "the build folder $folder cannot be made; name another in NORDHEIM_BUILD"
  # A build folder copied from elsewhere together with the sources is of no use.
  if [ -e "$folder/CMakeCache.txt" ]; then
    written=$(sed -n 's/^CMAKE_CACHEFILE_DIR:INTERNAL=//p' "$folder/CMakeCache.txt")
    if [ "$(real_path "$written")" != "$(real_path "$folder")" ]; then
      rm -rf "$folder/CMakeCache.txt" "$folder/CMakeFiles"
    fi
  fi
  if [ ! -e "$folder/CMakeCache.txt" ] && command -v ninja >/dev/null 2>&1; then set -- -G Ninja "$@"; fi
  cmake -S "$root" -B "$folder" "$@" >"$folder/configure.log" 2>&1 || {
    cat "$folder/configure.log" >&2
    stop 1 "CMake could not configure $folder; its report is above"
  }
}

set_up() {
  check_system
  install_packages $nordheim_packages
  # Groups of sources as one take a third of the time.
  configure_build "$build" -DCMAKE_BUILD_TYPE=Release -DNORDHEIM_NATIVE=ON -DCMAKE_UNITY_BUILD=ON \
    ${NORDHEIM_CMAKE_OPTIONS:-}
}
