// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace nordheim::program {

/// From here on SIGINT (Ctrl-C) and SIGTERM do not end the program at once but are remembered; a second one does end
/// it. For commands that ask interrupted(), or that clean up behind an interrupted child.
void catch_interrupts();

/// Whether the user has asked to stop.
[[nodiscard]] bool interrupted() noexcept;

}  // namespace nordheim::program
