// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>

namespace nordheim::program {

/// Progress of a long computation on the standard error stream: a line that rewrites itself on a terminal, a line every
/// few seconds otherwise, nothing at all if quiet.
class Progress {
 public:
  explicit Progress(bool quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Whether it is time to show something; cheap.
  [[nodiscard]] bool due() const;
  /// @param fraction  of the work that is done, 0 … 1; the remaining time is extrapolated from it
  /// @param text      what else to say
  void show(double fraction, const std::string& text);

 private:
  using Clock = std::chrono::steady_clock;
  bool quiet_, terminal_, shown_ = false;
  Clock::time_point start_, last_;
};

/// "12 s", "3 min 20 s", "2 h 5 min"
[[nodiscard]] std::string duration_text(double seconds);

}  // namespace nordheim::program
