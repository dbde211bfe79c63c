// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <sstream>

namespace nordheim::program {

Progress::Progress(bool quiet)
    : quiet_(quiet), terminal_(isatty(STDERR_FILENO) == 1), start_(Clock::now()), last_(start_) {}

Progress::~Progress() {
  if (shown_ && terminal_) std::cerr << '\n';
}

bool Progress::due() const {
  const std::chrono::duration<double> interval(terminal_ ? 0.2 : 5.0);
  return !quiet_ && Clock::now() - last_ >= interval;
}

void Progress::show(double fraction, const std::string& text) {
  if (quiet_) return;
  last_ = Clock::now();
  shown_ = true;
  const double done = std::clamp(fraction, 0.0, 1.0);
  const double elapsed = std::chrono::duration<double>(last_ - start_).count();
  std::ostringstream line;
  line << std::setw(3) << std::lround(100.0 * done) << " %";
  if (terminal_) {
    constexpr int width = 24;
    const auto filled = static_cast<int>(std::lround(width * done));
    line << " [" << std::string(static_cast<std::size_t>(filled), '#')
         << std::string(static_cast<std::size_t>(width - filled), '.') << ']';
  }
  line << "  " << text;
  if (done > 0.01) line << "  " << duration_text(elapsed * (1.0 - done) / done) << " left";
  if (terminal_) {
    std::cerr << '\r' << line.str() << "\033[K" << std::flush;
  } else {
    std::cerr << line.str() << '\n';
  }
}

std::string duration_text(double seconds) {
  const auto total = static_cast<long>(std::ceil(seconds));
  std::ostringstream text;
  if (total < 60) {
    text << total << " s";
  } else if (total < 3600) {
    text << total / 60 << " min " << total % 60 << " s";
  } else {
    text << total / 3600 << " h " << total % 3600 / 60 << " min";
  }
  return text.str();
}

}  // namespace nordheim::program
