// SPDX-License-Identifier: GPL-3.0-or-later
#include "command_line.hpp"

#include <unistd.h>

#include <cstdlib>

namespace {

/// Lets OpenMP threads sleep while they wait, where the user has not said otherwise. By default they spin, which on a
/// machine that others use too makes small problems five times slower; sleeping costs some percent on an idle one. The
/// OpenMP runtime reads its environment when a program is loaded, so the program is loaded a second time.
void let_waiting_threads_sleep(char* argv[]) {
  if (std::getenv("OMP_WAIT_POLICY") != nullptr) return;
  if (setenv("OMP_WAIT_POLICY", "passive", 1) != 0) return;
  execv("/proc/self/exe", argv);
  // If that is not possible, go on: only slower.
}

}  // namespace

int main(int argc, char* argv[]) {
  let_waiting_threads_sleep(argv);
  return nordheim::program::run(argc, argv);
}
