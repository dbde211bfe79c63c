#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run_commands.sh DOCUMENT PROGRAM EXAMPLES SCRATCH: runs the ```sh blocks of a document, each line must succeed, in a
# folder where build/bin/nordheim and examples/ are what they are in the source tree.
set -eu
document=$1 program=$2 examples=$3 scratch=$4

rm -rf "$scratch"
mkdir -p "$scratch/build/bin"
ln -s "$program" "$scratch/build/bin/nordheim"
cp -r "$examples" "$scratch/examples"
cd "$scratch"
awk '/^```sh$/ { inside = 1; next } /^```/ { inside = 0 } inside' "$document" >commands.sh
[ -s commands.sh ] || { echo "$document: no commands" >&2; exit 1; }
set -x
. ./commands.sh
