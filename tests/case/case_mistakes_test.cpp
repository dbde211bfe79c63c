// SPDX-License-Identifier: GPL-3.0-or-later
#include "case/case.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace nordheim::program;

namespace {

/// Eleven lines; a bad line is put behind the header of its section.
std::string with(const std::string& section, const std::string& line) {
  std::string text = R"([momentum]
dimension = 2
points = 16
[dispersion]
[collision]
kind = "two-body"
statistics = "fermion"
[initial]
occupation = "0.5"
[time]
[output]
)";
  if (section.empty()) return line + "\n" + text;
  const std::string header = "[" + section + "]\n";
  return text.insert(text.find(header) + header.size(), line + "\n");
}

std::string without(const std::string& line) {
  std::string text = with("", "");
  return text.erase(text.find(line), line.size());
}

std::vector<std::string> mistakes(const std::string& text, const std::vector<std::string>& overrides = {}) {
  try {
    const Case input = parse_case(text, "c.toml", overrides);
  } catch (const CaseErrors& errors) {
    return errors.mistakes();
  }
  return {};
}

struct Bad {
  std::string text;
  std::string place;
  std::vector<std::string> words;
  std::vector<std::string> overrides{};
};

void check_one_mistake(const Bad& bad) {
  const auto found = mistakes(bad.text, bad.overrides);
  INFO(bad.text);
  for (const auto& mistake : found) UNSCOPED_INFO(mistake);
  REQUIRE(found.size() == 1);
  CHECK(found[0].substr(0, bad.place.size() + 2) == bad.place + ": ");
  for (const auto& words : bad.words) {
    UNSCOPED_INFO("looking for: " << words << "\nin: " << found[0]);
    CHECK(found[0].find(words) != std::string::npos);
  }
}

}  // namespace

TEST_CASE("Unknown keys and sections are named with the nearest known one") {
  const std::vector<Bad> table{
      {with("momentum", "pionts = 8"), "c.toml:2:1", {"unknown key \"momentum.pionts\"", "did you mean \"points\"?"}},
      {with("momentum", "xyz = 8"), "c.toml:2:1", {"unknown key", "allowed \"space\", \"dimension\", \"points\""}},
      {with("", "titel = \"x\""), "c.toml:1:1", {"unknown key \"titel\"", "did you mean \"title\"?"}},
      {with("", "") + "[outptu]\ntimes = 3\n",
       "c.toml:13:2",
       {"unknown section \"outptu\"", "did you mean \"output\"?"}},
      {with("collision", "  Window = \"flat\""), "c.toml:6:3", {"collision.Window", "did you mean \"window\"?"}},
      {with("dispersion", "omega0 = 1.0"), "c.toml:5:1", {"unknown key \"dispersion.omega0\""}},
      {with("dispersion", "kind = \"acoustic\"\nomega0 = 1.0"), "c.toml:6:1", {"\"dispersion.omega0\"", "kappa"}},
      {with("dispersion", "kind = \"hopping\"\nterms = [{R = [1, 0], t = 1, s = 2}]"),
       "c.toml:6:30",
       {"unknown key \"dispersion.terms[1].s\""}},
      {with("time", "until_equilibirum = 1e-9"), "c.toml:11:1", {"did you mean \"until_equilibrium\"?"}}};
  for (const Bad& bad : table) check_one_mistake(bad);
}

TEST_CASE("Missing keys are named with their section") {
  const std::vector<Bad> table{
      {without("points = 16\n"), "c.toml:2:1", {"required key momentum.points is missing", "integer from 2"}},
      {without("dimension = 2\n"), "c.toml:2:1", {"required key momentum.dimension is missing", "from 1 to 3"}},
      {without("statistics = \"fermion\"\n"), "c.toml:6:1", {"collision.statistics is missing", "\"boson\""}},
      {without("kind = \"two-body\"\n"), "c.toml:6:1", {"collision.kind is missing", "\"two-body\""}},
      {without("occupation = \"0.5\"\n"), "c.toml:9:1", {"[initial] must have exactly one of", "found none"}},
      {without("[initial]\noccupation = \"0.5\"\n"), "c.toml:1:1", {"[initial] must have exactly one of"}},
      {with("dispersion", "kind = \"optical\""), "c.toml:4:1", {"dispersion.omega0 is missing", "number >= 0"}},
      {with("dispersion", "kind = \"hopping\""), "c.toml:4:1", {"dispersion.terms is missing"}},
      {with("dispersion", "kind = \"expression\""), "c.toml:4:1", {"dispersion.formula is missing"}}};
  for (const Bad& bad : table) check_one_mistake(bad);
}

TEST_CASE("Wrong values are named with what was found and what is allowed") {
  const std::vector<Bad> table{
      {with("time", "end = -1"), "c.toml:11:7", {"time.end", "found the integer -1", "allowed a number > 0"}},
      {with("time", "end = inf"), "c.toml:11:7", {"time.end", "found the number inf"}},
      {with("time", "end = nan"), "c.toml:11:7", {"time.end", "found the number nan"}},
      {with("time", "end = \"long\""), "c.toml:11:7", {"found the text \"long\"", "a number > 0"}},
      {with("time", "end = 2024-01-01"), "c.toml:11:7", {"found a date or time"}},
      {with("time", "rtol = 1e-15"), "c.toml:11:8", {"time.rtol", "found the number 1e-15", "1e-14 < number < 1"}},
      {with("time", "atol = 0.0"), "c.toml:11:8", {"time.atol", "found the number 0.0", "\"auto\" or a number > 0"}},
      {with("time", "max_steps = 0"), "c.toml:11:13", {"time.max_steps", "an integer from 1"}},
      {with("time", "method = \"adam\""), "c.toml:11:10", {"unknown value", "\"adams\", \"bdf\"", "mean \"adams\"?"}},
      {with("time", "until_equilibrium = true"), "c.toml:11:21", {"found the boolean true"}},
      {with("output", "times = 0"), "c.toml:12:9", {"output.times", "found the integer 0"}},
      {with("output", "times = [1, 2, 2]"), "c.toml:12:16", {"increasing", "found the integer 2", "more than 2"}},
      {with("output", "times = []"), "c.toml:12:9", {"found an array of 0 values", "at least one"}},
      {with("output", "times = [-1, 2]"), "c.toml:12:10", {"found the integer -1", "a number >= 0"}},
      {with("output", "snapshots = 1"), "c.toml:12:13", {"output.snapshots", "an integer from 2"}},
      {with("time", "[output]\n"), "c.toml:13:1", {"this is not TOML", "existing table"}},
      {with("collision", "strength = 0"), "c.toml:6:12", {"collision.strength", "a number > 0"}},
      {with("collision", "window = \"flot\""), "c.toml:6:10", {"found the text \"flot\"", "did you mean \"flat\"?"}},
      {with("collision", "window = 3"), "c.toml:6:10", {"found the integer 3", "\"flat\", \"bohman\", \"parzen\""}},
      {with("collision", "horizon = \"far\""), "c.toml:6:11", {"found the text \"far\"", "\"auto\" or a number > 0"}},
      {with("collision", "engine_points = 8"), "c.toml:6:17", {"\"same\" or an integer from 16"}},
      {with("collision", "error_estimate = 1"), "c.toml:6:18", {"found the integer 1", "true or false"}},
      {with("collision", "rectangle_correction = 1"), "c.toml:6:24", {"\"auto\", \"on\", \"off\""}},
      {with("dispersion", "kind = \"optical\"\nomega0 = -1"), "c.toml:6:10", {"dispersion.omega0", "number >= 0"}},
      {with("dispersion", "kind = \"hopping\"\nterms = []"), "c.toml:6:9", {"an array of at least one table"}},
      {with("dispersion", "kind = \"hopping\"\nterms = [{R = [1], t = 1}]"), "c.toml:6:15", {"an array of 2 integers"}},
      {with("dispersion", "kind = \"hopping\"\nterms = [{R = [1, 0.5], t = 1}]"),
       "c.toml:6:19",
       {"found the number 0.5"}},
      {with("dispersion", "kind = \"hopping\"\nterms = [{R = [1, 0], t = 0}]"), "c.toml:6:27", {"other than 0"}},
      {with("dispersion", "kind = \"expression\"\nformula = \"cos(kq)\""),
       "c.toml:6:11",
       {"dispersion.formula", "character 5", "unknown name \"kq\"", "kx, ky, kz, pi, e"}},
      {with("", "title = 3"), "c.toml:1:9", {"title", "found the integer 3", "one line of text"}},
      {with("", "title = \"a\\nb\""), "c.toml:1:9", {"title", "one line of text"}}};
  for (const Bad& bad : table) check_one_mistake(bad);
  // A momentum section that is none lacks its required keys as well.
  const auto found = mistakes("momentum = 3\n" + with("", "").substr(with("", "").find("[dispersion]")));
  REQUIRE(found.size() == 3);
  CHECK(found[0] == "c.toml:1:12: momentum has a wrong value (found the integer 3, allowed a table)");
}

TEST_CASE("What other versions can do is refused in one sentence") {
  const std::vector<Bad> table{
      {with("dispersion", "kind = \"free\""), "c.toml:5:8", {"\"free\" is for momentum.space = \"continuum\""}},
      {with("collision", "potential = \"exp(-q^2)\""),
       "c.toml:6:13",
       {"potential other than \"contact\" is not available"}},
      {with("time", "method = \"imex\""), "c.toml:11:10", {"\"imex\" is not available", "\"adams\""}},
      {with("", "") + "[space]\nbox = [64.0]\n", "c.toml:13:1", {"the required key space.points is missing"}}};
  for (const Bad& bad : table) check_one_mistake(bad);
}

TEST_CASE("Wrong initial states are named") {
  const std::string text = with("", "");
  const auto initial = [&text](const std::string& line) {
    std::string changed = text;
    return changed.replace(changed.find("occupation = \"0.5\""), 18, line);
  };
  const std::vector<Bad> table{
      {initial("file = \"missing.h5\""), "c.toml:10:8", {"there is no such file", "missing.h5"}},
      {initial("occupation = \"0.5 +\""), "c.toml:10:14", {"initial.occupation", "character 6", "ends where"}},
      {initial("occupation = \"omga\""), "c.toml:10:14", {"did you mean omega?"}},
      {initial("occupation = \"x\""), "c.toml:10:14", {"kx, ky, kz, k, omega"}},
      {initial("occupation = \"kx = 1\""), "c.toml:10:14", {"assignments are not allowed"}},
      {initial("occupation = true"), "c.toml:10:14", {"found the boolean true", "a formula or a number"}},
      {initial("equilibrium = 3"), "c.toml:10:15", {"initial.equilibrium", "allowed a table"}},
      {initial("equilibrium = {}"), "c.toml:10:15", {"temperature and fugacity or beta and mu", "none of them"}},
      {initial("equilibrium = { beta = 1, fugacity = 1 }"), "c.toml:10:15", {"found keys of both"}},
      {initial("equilibrium = { beta = 1 }"), "c.toml:10:15", {"initial.equilibrium.mu is missing"}},
      {initial("equilibrium = { temperature = 0, fugacity = 1 }"), "c.toml:10:31", {"a number other than 0"}},
      {initial("equilibrium = { temperature = 1, fugacity = 0 }"), "c.toml:10:45", {"a number > 0"}}};
  for (const Bad& bad : table) check_one_mistake(bad);
  const auto both = mistakes(with("initial", "file = \"x.h5\""));
  REQUIRE(both.size() == 2);
  CHECK(both[0] ==
        "c.toml:8:1: [initial] must have exactly one of the keys occupation, equilibrium, file and microscopic (found "
        "occupation and file)");
}

TEST_CASE("Output times end with the run") {
  std::string text = with("output", "times = [1, 6.5]");
  text.insert(text.find("[output]"), "end = 5\n");
  check_one_mistake({text, "c.toml:13:9", {"beyond time.end", "found 6.5", "allowed up to 5"}});
}

TEST_CASE("Texts that are no TOML are named with their place") {
  const std::vector<Bad> table{{"[momentum\n", "c.toml:1:10", {"this is not TOML"}},
                               {"a = 1\na = 2\n", "c.toml:2:5", {"this is not TOML"}},
                               {"a = \"\xff\"\n", "c.toml:1:5", {"this is not TOML"}},
                               {"a = 1\nҕ = 2\n", "c.toml:2:1", {"beyond ASCII outside of quotes"}},
                               {"a = 8x\"ҕ\"\n", "c.toml:1:7", {"quote or bracket in the middle"}},
                               {"a = 8x=\"ҕ\"\n", "c.toml:1:7", {"a second ="}},
                               {"a = \"\"\"\\\n ҕ\"\"\"", "c.toml:2:2", {"behind a backslash"}},
                               {"[ = 3\n", "c.toml:1:3", {"this is not TOML"}},
                               {"a = 1\n[\nb]\n", "c.toml:2:2", {"this is not TOML"}},
                               {"a = [}]\n", "c.toml:1:6", {"this is not TOML"}},
                               {std::string(1 << 20, '['), "c.toml:1:3", {"this is not TOML"}},
                               {"a = " + std::string(1 << 20, '['), "c.toml:1:261", {"this is not TOML", "256"}}};
  for (const Bad& bad : table) check_one_mistake(bad);
}

TEST_CASE("Huge and deep texts are refused, not crashed on") {
  std::string dots = "a";
  for (int i = 0; i < (1 << 19); ++i) dots += ".a";
  check_one_mistake({dots + " = 1", "c.toml:1:32", {"a key of more than 16 parts"}});
  check_one_mistake({"[" + dots + "]", "c.toml:1:33", {"a key of more than 16 parts"}});
  check_one_mistake(
      {"\n x = \"\"\"\n\"\"\" # ' \n y = [\n {" + dots + " = 1}]", "c.toml:5:34", {"more than 16 parts"}});
  check_one_mistake({std::string((16U << 20U) + 1, '\n'), "c.toml:1:1", {"longer than 16 MiB"}});
  // Dots in texts and comments nest nothing.
  const std::string many(100, '.');
  CHECK(mistakes(std::string("title = \"").append(many).append("\" # ").append(many).append("\n") + with("", ""))
            .empty());
}

TEST_CASE("Mistakes in overrides are named by the override") {
  const std::string good = with("", "");
  const std::vector<Bad> table{
      {good, "--set momentum.points=1", {"momentum.points", "found the integer 1"}, {"momentum.points=1"}},
      {good, "--set momentum.pionts=8", {"unknown key", "mean \"points\"?"}, {"momentum.pionts=8"}},
      {good, "--set momentum", {"must be of the form section.key=value"}, {"momentum"}},
      {good, "--set =3", {"must be of the form section.key=value"}, {"=3"}},
      {good, "--set a b=3", {"must be of the form section.key=value"}, {"a b=3"}},
      {good, "--set time.end=[1", {"this is not TOML"}, {"time.end=[1"}},
      {good, "--set time.end=soon", {"found the text \"soon\""}, {"time.end=soon"}},
      {good, "--set mometum.points=3", {"unknown section", "mean \"momentum\"?"}, {"mometum.points=3"}},
      {good, "--set initial.equilibrium.beta=1", {"equilibrium.mu is missing"}, {"initial.equilibrium.beta=1"}}};
  for (const Bad& bad : table) check_one_mistake(bad);
}

TEST_CASE("All mistakes are reported at once in the order of the file") {
  std::string text = with("momentum", "pionts = 8");
  text.insert(text.find("[output]"), "rtol = 2\nend = \"x\"\n");
  const auto found = mistakes(text, {"output.snapshots=0"});
  REQUIRE(found.size() == 4);
  CHECK(found[0].starts_with("c.toml:2:1: "));
  CHECK(found[1].starts_with("c.toml:12:8: "));
  CHECK(found[2].starts_with("c.toml:13:7: "));
  CHECK(found[3].starts_with("--set output.snapshots=0: "));
  try {
    (void)parse_case(text, "c.toml", {"output.snapshots=0"});
  } catch (const nordheim::InvalidArgument& error) {
    CHECK(error.what() == found[0] + "\n" + found[1] + "\n" + found[2] + "\n" + found[3]);
  }
}
