#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# From a fresh Debian or Ubuntu machine to results: installs what is missing, builds nordheim, lets fermions on a
# lattice and two beams of fermions in R^3 relax to equilibrium, computes the diffusion coefficient D_kin(E) of the
# three-dimensional Anderson model and the viscosity of fermions in the continuum, and draws the figures of all. A
# second run installs and builds nothing.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/lib/setup.sh"
set_up

cmake --build "$build" --parallel "$jobs" --target nordheim_executable >&2 || stop 1 "the build failed; see above"

# run NAME COMMAND: one example, its figures, and where they are.
run() {
  results=$build/results/$1
  "$build/bin/nordheim" "$2" "$root/examples/$1.toml" --output "$results"
  "$build/bin/nordheim" plot "$results" >&2
  printf '\nData:    %s\nFigures: %s\nPage:    %s\n\n' "$results/result.h5" "$results/figures" "$results/index.html"
}
run fermions_3d relax
run fermion_beams relax
run anderson_3d diffusion
run viscosity_fermions transport
