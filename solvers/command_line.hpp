// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace nordheim::program {

/// The program: reads the command line, runs one command, reports errors on the standard error stream.
/// @return the exit code: 0 success, 1 the computation failed, 2 bad input
int run(int argc, char* argv[]);

}  // namespace nordheim::program
