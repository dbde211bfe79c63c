// SPDX-License-Identifier: GPL-3.0-or-later
#include "case/mistakes.hpp"

#include "case/case.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace nordheim::program {

namespace {

std::string lines(const std::vector<std::string>& mistakes) {
  std::string text;
  for (const std::string& mistake : mistakes) text.append(text.empty() ? "" : "\n").append(mistake);
  return text;
}

}  // namespace

std::string text_of(const Place& place) {
  if (place.line == 0) return place.source;
  return place.source + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

CaseErrors::CaseErrors(std::vector<std::string> mistakes)
    : InvalidArgument(lines(mistakes)), mistakes_(std::move(mistakes)) {}

void Mistakes::add(const Place& place, const std::string& sentence) { entries_.push_back({place, sentence}); }

void Mistakes::throw_if_any() const {
  if (entries_.empty()) return;
  auto ordered = entries_;
  std::stable_sort(ordered.begin(), ordered.end(), [](const Entry& a, const Entry& b) {
    const auto order = [](const Place& place) { return std::tuple(place.line == 0, place.line, place.column); };
    return order(a.place) < order(b.place);
  });
  std::vector<std::string> texts;
  texts.reserve(ordered.size());
  for (const auto& [place, sentence] : ordered) texts.push_back(text_of(place) + ": " + sentence);
  throw CaseErrors(std::move(texts));
}

}  // namespace nordheim::program
