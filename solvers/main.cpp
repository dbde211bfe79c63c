// SPDX-License-Identifier: GPL-3.0-or-later
#include "command_line.hpp"

int main(int argc, char* argv[]) { return nordheim::program::run(argc, argv); }
