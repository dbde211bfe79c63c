// SPDX-License-Identifier: GPL-3.0-or-later
// What a relaxation in a phonon bath says beside what every one does.
#pragma once

#include "commands/gas.hpp"
#include "commands/relaxation.hpp"
#include "commands/report.hpp"

#include <vector>

namespace nordheim::program {

/// Energy given to the bath, temperature, and for optical phonons the shares of the ladders; replaces what has no
/// meaning in a bath by null.
void add_bath_members(const Gas& gas, const Relaxation& run, Json& summary);

/// The drift of the energy gives way to what the bath has received, the equilibrium to where W goes.
void replace_by_bath_lines(const Json& summary, std::vector<TableLine>& lines);

}  // namespace nordheim::program
