#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing on a Debian or Ubuntu machine, builds everything and runs all tests.
# Arguments are passed on to ctest: sh tests/run.sh -R lattice
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/lib/setup.sh"
set_up

cmake --build "$build" --parallel "$jobs" || stop 1 "the build failed; see above"

# Tests run side by side: threads that wait must not keep a processor busy.
export OMP_WAIT_POLICY=passive
exec ctest --test-dir "$build" --output-on-failure --parallel "$jobs" "$@"
