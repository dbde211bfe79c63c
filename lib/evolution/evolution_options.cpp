// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/evolution/evolution_options.hpp>

#include "core/words.hpp"

namespace nordheim {

namespace {

constexpr detail::Words<EvolutionMethod, 6> words{{{"adams", EvolutionMethod::adams},
                                                   {"bdf", EvolutionMethod::bdf},
                                                   {"explicit", EvolutionMethod::explicit_runge_kutta},
                                                   {"lawson", EvolutionMethod::lawson},
                                                   {"strang", EvolutionMethod::strang},
                                                   {"imex", EvolutionMethod::imex}}};

}  // namespace

std::string name(EvolutionMethod method) { return detail::word_for(words, method, "method"); }

EvolutionMethod evolution_method_from_name(std::string_view word) { return detail::value_of(words, word, "method"); }

}  // namespace nordheim
