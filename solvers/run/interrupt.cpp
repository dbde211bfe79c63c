// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/interrupt.hpp"

#include <csignal>

namespace nordheim::program {

namespace {

volatile std::sig_atomic_t asked_to_stop = 0;

void remember(int signal) {
  asked_to_stop = 1;
  std::signal(signal, SIG_DFL);
}

}  // namespace

void catch_interrupts() {
  std::signal(SIGINT, remember);
  std::signal(SIGTERM, remember);
}

bool interrupted() noexcept { return asked_to_stop != 0; }

}  // namespace nordheim::program
