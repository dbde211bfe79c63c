#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# From a fresh Debian or Ubuntu machine to results: installs what is missing, builds nordheim, lets a lattice gas of
# fermions relax to equilibrium and draws the figures. A second run installs and builds nothing.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/lib/setup.sh"
set_up

cmake --build "$build" --parallel "$jobs" --target nordheim_executable >&2 || stop 1 "the build failed; see above"

results=$build/results/fermions_3d
"$build/bin/nordheim" relax "$root/examples/fermions_3d.toml" --output "$results"
"$build/bin/nordheim" plot "$results" >&2
printf '\nData:    %s\nFigures: %s\nPage:    %s\n' "$results/result.h5" "$results/figures" "$results/index.html"
