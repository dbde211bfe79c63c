// SPDX-License-Identifier: GPL-3.0-or-later
#include "case/case_text.hpp"

#include "case/toml_guard.hpp"
#include "case/toml_text.hpp"

#include <optional>
#include <utility>

namespace nordheim::program {

namespace {

constexpr std::string_view set_prefix = "--set ";

/// The keys of [initial] that each say the whole state, and those of its equilibrium.
constexpr std::string_view initial_kinds[] = {"occupation", "equilibrium", "file", "microscopic"};
constexpr std::string_view equilibrium_keys[2][2] = {{"temperature", "fugacity"}, {"beta", "mu"}};
constexpr std::string_view microscopic_keys[] = {"packets", "file"};

/// toml++ reports mistakes by exceptions; here as a position and a sentence.
struct Outcome {
  toml::table table{};
  std::string failure{};
  TextPosition position{};
};

Outcome parse(std::string_view text, const std::string& source) {
  if (text.size() > largest_case_text) return {{}, "the text is longer than 16 MiB, no case file is that long", {}};
  if (auto fault = unsafe_toml(text)) return {{}, std::move(fault->sentence), fault->position};
  try {
    return {toml::parse(text, source), {}, {}};
  } catch (const toml::parse_error& error) {
    const auto begin = error.source().begin;
    return {{}, "this is not TOML: " + std::string(error.description()), {begin.line, begin.column}};
  }
}

/// Puts the keys of @p changes into @p target: tables written with dots are merged, everything else is replaced.
void merge(toml::table& target, toml::table& changes) {
  for (auto&& [key, value] : changes) {
    toml::table* const inner = value.as_table();
    toml::node* const existing = target.get(key.str());
    if (inner != nullptr && !inner->is_inline() && existing != nullptr && existing->is_table()) {
      merge(*existing->as_table(), *inner);
    } else {
      value.visit([&target, &name = key](auto& concrete) { target.insert_or_assign(name, std::move(concrete)); });
    }
  }
}

std::optional<toml::table> read_override(const std::string& argument, Mistakes& mistakes) {
  const std::string source = std::string(set_prefix) + argument;
  const Place place{source, 0, 0};
  const auto equals = argument.find('=');
  const std::string key = argument.substr(0, equals);
  const bool shaped = equals != std::string::npos && key.find_first_of("\n#[") == std::string::npos;
  if (!shaped || !parse(key + " = 0", source).failure.empty()) {
    mistakes.add(place, "an override must be of the form section.key=value (found \"" + argument + "\")");
    return std::nullopt;
  }
  const std::string value = argument.substr(equals + 1);
  Outcome outcome = parse(key + " = " + value, source);
  const bool meant_as_toml = !value.empty() && std::string_view("[{\"'").find(value.front()) != std::string_view::npos;
  if (!outcome.failure.empty() && !meant_as_toml) {
    Outcome as_text = parse(key + " = " + toml_text(value), source);
    if (as_text.failure.empty()) outcome = std::move(as_text);
  }
  if (outcome.failure.empty()) return std::move(outcome.table);
  mistakes.add(place, outcome.failure);
  return std::nullopt;
}

/// Of keys that exclude each other, those that are given now take the place of those of the file.
template <class Keys>
void drop_replaced(toml::table& table, const toml::table& changes, const Keys& keys) {
  for (const auto key : keys) {
    if (!changes.contains(key)) continue;
    for (const auto other : keys) {
      if (!changes.contains(other)) table.erase(other);
    }
  }
}

/// A new kind of initial state takes the place of that in the file instead of contradicting it.
void drop_replaced_initial(toml::table& table, const toml::table& changes) {
  toml::table* const initial = table["initial"].as_table();
  const toml::table* const changed = changes["initial"].as_table();
  if (initial == nullptr || changed == nullptr) return;
  drop_replaced(*initial, *changed, initial_kinds);
  toml::table* const waves = (*initial)["microscopic"].as_table();
  const toml::table* const changed_waves = (*changed)["microscopic"].as_table();
  if (waves != nullptr && changed_waves != nullptr) drop_replaced(*waves, *changed_waves, microscopic_keys);
  toml::table* const equilibrium = (*initial)["equilibrium"].as_table();
  const toml::table* const changed_equilibrium = (*changed)["equilibrium"].as_table();
  if (equilibrium == nullptr || changed_equilibrium == nullptr) return;
  for (const std::size_t pair : {0U, 1U}) {
    for (const auto key : equilibrium_keys[pair]) {
      if (!changed_equilibrium->contains(key)) continue;
      for (const auto other : equilibrium_keys[1 - pair]) equilibrium->erase(other);
    }
  }
}

}  // namespace

Place place_of(const toml::source_region& region) {
  const std::string source = region.path ? *region.path : std::string();
  if (source.starts_with(set_prefix)) return {source, 0, 0};
  return {source, region.begin.line, region.begin.column};
}

toml::table read_toml(std::string_view text, std::string_view source_name, const std::vector<std::string>& overrides,
                      Mistakes& mistakes) {
  const std::string source(source_name);
  Outcome file = parse(text, source);
  if (!file.failure.empty()) mistakes.add({source, file.position.line, file.position.column}, file.failure);
  toml::table changes;
  for (const std::string& argument : overrides) {
    if (auto change = read_override(argument, mistakes)) merge(changes, *change);
  }
  drop_replaced_initial(file.table, changes);
  merge(file.table, changes);
  return std::move(file.table);
}

}  // namespace nordheim::program
