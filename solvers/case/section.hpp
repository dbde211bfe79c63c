// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/vector3.hpp>

#include "case/mistakes.hpp"

#include <toml++/toml.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace nordheim::program {

/// Which numbers a key allows, and how a message says it.
struct NumberRule {
  bool (*allowed)(double);
  const char* words;
};

inline constexpr NumberRule any_number{[](double) { return true; }, "a number"};
inline constexpr NumberRule positive{[](double x) { return x > 0.0; }, "a number > 0"};
inline constexpr NumberRule not_negative{[](double x) { return x >= 0.0; }, "a number >= 0"};
inline constexpr NumberRule not_zero{[](double x) { return x != 0.0; }, "a number other than 0"};

struct IntegerRule {
  long long min;
  long long max;
};

/// Words that a key allows, and words that belong to other versions of nordheim.
struct WordRule {
  std::vector<std::string> available;
  std::vector<std::string> unavailable{};
};

/// @brief One table of a case file: hands out its values by key, checked, and remembers which keys were asked for.
///
/// A mistake is noted and the fallback (or an arbitrary allowed value) returned, so that reading goes on to the next
/// key. A key without fallback is required. The last call is close(), which reports the keys that nobody asked for.
class Section {
 public:
  /// @param table  null if the file has no such table; @p place is then where to say so
  /// @param name   as in messages: "momentum" for momentum.points
  Section(const toml::table* table, std::string name, Place place, Mistakes& mistakes);

  [[nodiscard]] bool has(std::string_view key) const;
  /// The table itself is there, and is one.
  [[nodiscard]] bool present() const noexcept { return table_ != nullptr; }
  [[nodiscard]] const Place& place() const noexcept { return place_; }

  double number(std::string_view key, const NumberRule& rule, std::optional<double> fallback = {});
  /// A number, or the given word, which is the default and read as nothing.
  std::optional<double> number_or(std::string_view word, std::string_view key, const NumberRule& rule);
  long long integer(std::string_view key, const IntegerRule& rule, std::optional<long long> fallback = {});
  std::optional<long long> integer_or(std::string_view word, std::string_view key, const IntegerRule& rule);
  bool flag(std::string_view key, bool fallback);
  /// One line of text.
  std::string text(std::string_view key, const std::optional<std::string>& fallback = {});
  /// One of the words; nothing if it is missing, wrong or not available.
  std::optional<std::string> word(std::string_view key, const WordRule& rule,
                                  const std::optional<std::string>& fallback = {});
  /// A formula of the variables, or a number, which is a formula too.
  std::string formula(std::string_view key, const std::vector<std::string>& variables);
  /// An array of numbers in any order, at least one.
  std::vector<double> numbers(std::string_view key, const NumberRule& rule);
  /// Strictly increasing numbers, at least one.
  std::vector<double> increasing_numbers(std::string_view key, const NumberRule& rule);
  /// The tables of an array, named NAME.KEY[1], NAME.KEY[2], …; at least one.
  std::vector<Section> tables(std::string_view key);
  /// Whole numbers, @p min to @p max of them.
  std::vector<long long> integers(std::string_view key, std::size_t min, std::size_t max, const IntegerRule& rule);
  /// Three numbers, the components of a vector, or the given word, which is the default and read as nothing.
  std::optional<Vector3> vector_or(std::string_view word, std::string_view key);
  /// @brief The absolute path of a file that is there.
  /// @param what       the file should be, as in messages
  /// @param directory  that paths are relative to
  std::filesystem::path file(std::string_view key, const std::string& what, const std::filesystem::path& directory);
  /// A table within this one.
  Section inner(std::string_view key);

  /// A key as in messages: "momentum.points".
  [[nodiscard]] std::string full(std::string_view key) const;
  /// The value of a key, which is then known; null if it is missing.
  const toml::node* value(std::string_view key);
  /// Notes what is wrong with the value of a key.
  void mistake(std::string_view key, const std::string& sentence);
  /// Notes what is wrong at a place within the section.
  void mistake_at(const Place& place, const std::string& sentence) { mistakes_->add(place, sentence); }
  /// Notes what is wrong with the section as a whole.
  void mistake(const std::string& sentence);
  /// Keys of a kind that is not available say nothing: they are not reported.
  void ignore_other_keys() noexcept { ignore_others_ = true; }
  /// Reports every key that was not asked for, with the nearest that was.
  void close();

 private:
  void missing(std::string_view key, const std::string& wanted);
  void wrong(std::string_view key, const toml::node& found, const std::string& wanted);
  std::optional<double> finite(std::string_view key, const toml::node& found, const NumberRule& rule,
                               const std::string& wanted);
  std::optional<long long> whole(std::string_view key, const toml::node& found, const IntegerRule& rule,
                                 const std::string& wanted);

  const toml::table* table_;
  std::string name_;
  Place place_;
  Mistakes* mistakes_;
  std::vector<std::string> known_{};
  bool ignore_others_ = false;
};

/// What stands in the file, in words: `the integer 3`, `the text "x"`, `an array of 2 values`.
[[nodiscard]] std::string description_of(const toml::node& node);

/// `"a", "b"`
[[nodiscard]] std::string quoted_list(const std::vector<std::string>& words);

}  // namespace nordheim::program
