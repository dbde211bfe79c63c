// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace nordheim {

/// @brief Cut-off χ(t/T) of a time integral ∫dt e^{iΔt}: it replaces the energy delta function by a narrow δ_T(Δ).
///
/// | window | χ(s), 0 ≤ s ≤ 1 | δ_T |
/// | --- | --- | --- |
/// | flat | 1 up to s = ½, then 1/(1 + exp(1/(1−u) − 1/u)), u = 2s − 1: smooth | of both signs; most accurate |
/// | bohman | (1−s) cos πs + sin(πs)/π | non-negative |
/// | parzen | 1 − 6s² + 6s³ (s < ½), 2(1−s)³ | non-negative |
///
/// With a non-negative δ_T the discretised collision term obeys the H-theorem exactly.
/// References: H. Bohman, Ark. Mat. 4, 99 (1961); E. Parzen, Technometrics 3, 167 (1961).
enum class TimeWindow { flat, bohman, parzen };

/// "flat", "bohman" or "parzen".
[[nodiscard]] std::string name(TimeWindow window);

/// @throws InvalidArgument if @p word is none of the three names
[[nodiscard]] TimeWindow time_window_from_name(std::string_view word);

/// χ(s); zero for s ≥ 1.
[[nodiscard]] double window_value(TimeWindow window, double s) noexcept;

/// κ_d = ∫₀^∞ (1 − χ(s)) s^{−d} ds, the weight of a tail t^{−d} that the window cuts off.
/// @return infinity where the integral diverges: bohman and parzen from d = 3 on
/// @throws InvalidArgument unless dimension is 2 or 3
[[nodiscard]] double window_tail(TimeWindow window, int dimension);

}  // namespace nordheim
