// SPDX-License-Identifier: GPL-3.0-or-later
#include "case/section.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/expression.hpp>
#include <nordheim/io/nearest_word.hpp>
#include <nordheim/io/number_text.hpp>

#include "case/case_text.hpp"
#include "case/toml_text.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace nordheim::program {

namespace {

std::string words(const IntegerRule& rule) {
  return "an integer from " + std::to_string(rule.min) + " to " + std::to_string(rule.max);
}

std::string suggestion(std::string_view word, const std::vector<std::string>& known) {
  const auto nearest = nearest_word(word, known);
  return nearest ? "; did you mean " + toml_text(*nearest) + "?" : "";
}

bool contains(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; });
}

}  // namespace

std::string quoted_list(const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& word : list) text.append(text.empty() ? "" : ", ").append(toml_text(word));
  return text;
}

std::string description_of(const toml::node& node) {
  if (const auto* text = node.as_string()) return "the text " + toml_text(shortened(text->get()));
  if (const auto* integer = node.as_integer()) return "the integer " + std::to_string(integer->get());
  if (const auto* number = node.as_floating_point()) return "the number " + toml_number(number->get());
  if (const auto* flag = node.as_boolean()) return flag->get() ? "the boolean true" : "the boolean false";
  if (const auto* array = node.as_array()) return "an array of " + std::to_string(array->size()) + " values";
  if (node.is_table()) return "a table";
  return "a date or time";
}

Section::Section(const toml::table* table, std::string name, Place place, Mistakes& mistakes)
    : table_(table), name_(std::move(name)), place_(std::move(place)), mistakes_(&mistakes) {}

bool Section::has(std::string_view key) const { return table_ != nullptr && table_->contains(key); }

const toml::node* Section::value(std::string_view key) {
  if (!contains(known_, key)) known_.emplace_back(key);
  return table_ == nullptr ? nullptr : table_->get(key);
}

std::string Section::full(std::string_view key) const {
  return name_.empty() ? std::string(key) : name_ + "." + std::string(key);
}

void Section::mistake(std::string_view key, const std::string& sentence) {
  mistakes_->add(has(key) ? place_of(table_->get(key)->source()) : place_, sentence);
}

void Section::mistake(const std::string& sentence) { mistakes_->add(place_, sentence); }

void Section::missing(std::string_view key, const std::string& wanted) {
  mistakes_->add(place_, "the required key " + full(key) + " is missing (allowed " + wanted + ")");
}

void Section::wrong(std::string_view key, const toml::node& found, const std::string& wanted) {
  mistakes_->add(place_of(found.source()),
                 full(key) + " has a wrong value (found " + description_of(found) + ", allowed " + wanted + ")");
}

std::optional<double> Section::finite(std::string_view key, const toml::node& found, const NumberRule& rule,
                                      const std::string& wanted) {
  const auto value = found.is_number() ? found.value<double>() : std::nullopt;
  if (value && std::isfinite(*value) && rule.allowed(*value)) return value;
  wrong(key, found, wanted);
  return std::nullopt;
}

std::optional<long long> Section::whole(std::string_view key, const toml::node& found, const IntegerRule& rule,
                                        const std::string& wanted) {
  if (const auto* integer = found.as_integer()) {
    if (integer->get() >= rule.min && integer->get() <= rule.max) return integer->get();
  }
  wrong(key, found, wanted);
  return std::nullopt;
}

double Section::number(std::string_view key, const NumberRule& rule, std::optional<double> fallback) {
  const toml::node* const node = value(key);
  if (node != nullptr) return finite(key, *node, rule, rule.words).value_or(1.0);
  if (!fallback) missing(key, rule.words);
  return fallback.value_or(1.0);
}

std::optional<double> Section::number_or(std::string_view word, std::string_view key, const NumberRule& rule) {
  const toml::node* const node = value(key);
  if (node == nullptr || node->value<std::string_view>() == word) return std::nullopt;
  return finite(key, *node, rule, toml_text(word) + " or " + rule.words);
}

long long Section::integer(std::string_view key, const IntegerRule& rule, std::optional<long long> fallback) {
  const toml::node* const node = value(key);
  if (node != nullptr) return whole(key, *node, rule, words(rule)).value_or(0);
  if (!fallback) missing(key, words(rule));
  return fallback.value_or(0);
}

std::optional<long long> Section::integer_or(std::string_view word, std::string_view key, const IntegerRule& rule) {
  const toml::node* const node = value(key);
  if (node == nullptr || node->value<std::string_view>() == word) return std::nullopt;
  return whole(key, *node, rule, toml_text(word) + " or " + words(rule));
}

bool Section::flag(std::string_view key, bool fallback) {
  const toml::node* const node = value(key);
  if (node == nullptr) return fallback;
  if (const auto* flag = node->as_boolean()) return flag->get();
  wrong(key, *node, "true or false");
  return fallback;
}

std::string Section::text(std::string_view key, const std::optional<std::string>& fallback) {
  const std::string wanted = "one line of text";
  const toml::node* const node = value(key);
  if (node == nullptr) {
    if (!fallback) missing(key, wanted);
    return fallback.value_or("");
  }
  const auto* text = node->as_string();
  if (text != nullptr && !has_control_character(text->get())) return text->get();
  wrong(key, *node, wanted);
  return "";
}

std::optional<std::string> Section::word(std::string_view key, const WordRule& rule,
                                         const std::optional<std::string>& fallback) {
  const std::string wanted = quoted_list(rule.available);
  const toml::node* const node = value(key);
  if (node == nullptr) {
    if (!fallback) missing(key, wanted);
    return fallback;
  }
  const auto* text = node->as_string();
  if (text == nullptr) {
    wrong(key, *node, wanted);
    return std::nullopt;
  }
  const std::string& found = text->get();
  if (contains(rule.available, found)) return found;
  const Place where = place_of(node->source());
  if (contains(rule.unavailable, found)) {
    mistakes_->add(where, full(key) + " = \"" + found + "\" is not available in this version; available: " + wanted);
  } else {
    mistakes_->add(where, full(key) + " has an unknown value (found " + description_of(*node) + ", allowed " + wanted +
                              ")" + suggestion(found, rule.available));
  }
  return std::nullopt;
}

std::string Section::formula(std::string_view key, const std::vector<std::string>& variables) {
  const toml::node* const node = value(key);
  if (node == nullptr) {
    missing(key, "a formula");
    return "";
  }
  std::string formula;
  if (const auto* text = node->as_string()) {
    formula = text->get();
  } else if (const auto number = finite(key, *node, any_number, "a formula or a number")) {
    formula = shortest_text(*number);
  } else {
    return "";
  }
  try {
    const Expression expression(formula, variables);
  } catch (const InvalidArgument& error) {
    mistakes_->add(place_of(node->source()), full(key) + ": " + error.what());
  }
  return formula;
}

std::vector<double> Section::numbers(std::string_view key, const NumberRule& rule) {
  const toml::node* const node = value(key);
  const std::string wanted = std::string("an array of numbers, each ") + rule.words;
  if (node == nullptr) {
    missing(key, wanted);
    return {};
  }
  const toml::array* const array = node->as_array();
  if (array == nullptr) {
    wrong(key, *node, wanted);
    return {};
  }
  if (array->empty()) wrong(key, *node, std::string("at least one value, each ") + rule.words);
  std::vector<double> numbers;
  for (const toml::node& element : *array) {
    if (const auto number = finite(key, element, rule, rule.words)) numbers.push_back(*number);
  }
  return numbers;
}

std::vector<double> Section::increasing_numbers(std::string_view key, const NumberRule& rule) {
  const toml::node* const node = value(key);
  const toml::array* const array = node == nullptr ? nullptr : node->as_array();
  if (array == nullptr) return {};
  if (array->empty()) wrong(key, *node, std::string("at least one value, each ") + rule.words);
  std::vector<double> numbers;
  for (const toml::node& element : *array) {
    const auto number = finite(key, element, rule, rule.words);
    if (!number) continue;
    if (!numbers.empty() && *number <= numbers.back()) {
      wrong(key, element, "increasing numbers, here more than " + shortest_text(numbers.back()));
    }
    numbers.push_back(*number);
  }
  return numbers;
}

std::filesystem::path Section::file(std::string_view key, const std::string& what,
                                    const std::filesystem::path& directory) {
  const std::string name = text(key);
  std::error_code failure;
  auto path = std::filesystem::absolute(directory / name, failure).lexically_normal();
  if (!name.empty() && (failure || !std::filesystem::is_regular_file(path, failure))) {
    mistake(key, full(key) + ": there is no such file (found " + path.string() + ", allowed " + what +
                     ", relative to the case file)");
  }
  return path;
}

std::vector<Section> Section::tables(std::string_view key) {
  const std::string wanted = "an array of at least one table";
  const toml::node* const node = value(key);
  if (node == nullptr) {
    missing(key, wanted);
    return {};
  }
  const toml::array* const array = node->as_array();
  if (array == nullptr || array->empty()) {
    wrong(key, *node, wanted);
    return {};
  }
  std::vector<Section> sections;
  for (const toml::node& element : *array) {
    const std::string name = full(key) + "[" + std::to_string(sections.size() + 1) + "]";
    if (!element.is_table()) {
      wrong(key, element, "a table in each place of the array");
      return {};
    }
    sections.emplace_back(element.as_table(), name, place_of(element.source()), *mistakes_);
  }
  return sections;
}

std::vector<long long> Section::integers(std::string_view key, std::size_t min, std::size_t max,
                                         const IntegerRule& rule) {
  const std::string wanted =
      "an array of " + std::to_string(min) + (max > min ? " to " + std::to_string(max) : std::string()) + " integers";
  const toml::node* const node = value(key);
  if (node == nullptr) {
    missing(key, wanted);
    return {};
  }
  const toml::array* const array = node->as_array();
  if (array == nullptr || array->size() < min || array->size() > max) {
    wrong(key, *node, wanted);
    return {};
  }
  std::vector<long long> numbers;
  for (const toml::node& element : *array) numbers.push_back(whole(key, element, rule, words(rule)).value_or(0));
  return numbers;
}

std::optional<Vector3> Section::vector_or(std::string_view word, std::string_view key) {
  const toml::node* const node = value(key);
  if (node == nullptr || (!word.empty() && node->value<std::string_view>() == word)) return std::nullopt;
  const std::string wanted = (word.empty() ? "" : toml_text(word) + " or ") + "an array of 3 numbers";
  const toml::array* const array = node->as_array();
  Vector3 components{};
  if (array == nullptr || array->size() != components.size()) {
    wrong(key, *node, wanted);
    return std::nullopt;
  }
  for (std::size_t j = 0; j < components.size(); ++j) {
    components[j] = finite(key, (*array)[j], any_number, any_number.words).value_or(0.0);
  }
  return components;
}

Section Section::inner(std::string_view key) {
  const toml::node* const node = value(key);
  if (node == nullptr) return {nullptr, full(key), place_, *mistakes_};
  if (!node->is_table()) wrong(key, *node, "a table");
  return {node->as_table(), full(key), place_of(node->source()), *mistakes_};
}

void Section::close() {
  if (table_ == nullptr || ignore_others_) return;
  for (auto&& [key, node] : *table_) {
    if (contains(known_, key.str())) continue;
    const bool is_section = name_.empty() && node.is_table();
    mistakes_->add(place_of(key.source()), (is_section ? "unknown section " : "unknown key ") +
                                               toml_text(full(shortened(key.str()))) + suggestion(key.str(), known_) +
                                               " (allowed " + quoted_list(known_) + ")");
  }
}

}  // namespace nordheim::program
