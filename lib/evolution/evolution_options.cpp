// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/evolution/evolution_options.hpp>

#include <array>
#include <utility>

namespace nordheim {

namespace {

constexpr std::array<std::pair<std::string_view, EvolutionMethod>, 3> names{
    {{"adams", EvolutionMethod::adams},
     {"bdf", EvolutionMethod::bdf},
     {"explicit", EvolutionMethod::explicit_runge_kutta}}};

}  // namespace

std::string name(EvolutionMethod method) {
  for (const auto& [word, value] : names) {
    if (value == method) return std::string(word);
  }
  throw InvalidArgument("no such method of time integration: " + std::to_string(static_cast<int>(method)));
}

EvolutionMethod evolution_method_from_name(std::string_view word) {
  for (const auto& [known, value] : names) {
    if (known == word) return value;
  }
  throw InvalidArgument("method = \"" + std::string(word) + "\"; allowed are \"adams\", \"bdf\" and \"explicit\"");
}

}  // namespace nordheim
