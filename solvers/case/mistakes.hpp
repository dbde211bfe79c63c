// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace nordheim::program {

/// A place in a case file, or a --set argument (line 0).
struct Place {
  std::string source;
  unsigned line = 0;
  unsigned column = 0;
};

/// "FILE:LINE:COLUMN", or the argument.
[[nodiscard]] std::string text_of(const Place& place);

/// What is wrong with one case file, collected so that a user sees all of it at once.
class Mistakes {
 public:
  void add(const Place& place, const std::string& sentence);
  [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }
  /// @throws CaseErrors if there are any
  void throw_if_any() const;

 private:
  struct Entry {
    Place place;
    std::string sentence;
  };
  std::vector<Entry> entries_;
};

}  // namespace nordheim::program
