// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program/run_program.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace nordheim::test {

/// What a run that succeeds prints with --json.
inline nlohmann::json run_json(const ScratchDirectory& scratch, std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--json", "--quiet", "--threads", "1"});
  const Outcome outcome = run_program(scratch.path(), arguments);
  CAPTURE(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  return nlohmann::json::parse(outcome.out);
}

/// What a run says that is refused.
inline std::string refusal(const ScratchDirectory& scratch, std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--quiet", "--threads", "1"});
  const Outcome outcome = run_program(scratch.path(), arguments);
  CHECK(outcome.exit_code == 2);
  return outcome.err;
}

/// A case file that is refused with certain words.
inline void says(const std::string& text, const std::vector<std::string>& settings, const std::string& words,
                 const std::string& command = "evolve") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", text);
  std::vector<std::string> arguments{command, "case.toml"};
  for (const std::string& setting : settings) arguments.insert(arguments.end(), {"--set", setting});
  const std::string sentence = refusal(scratch, arguments);
  CAPTURE(sentence, words);
  CHECK(sentence.find(words) != std::string::npos);
}

}  // namespace nordheim::test
