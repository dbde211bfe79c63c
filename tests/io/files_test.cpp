// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/atomic_file.hpp>
#include <nordheim/io/csv.hpp>
#include <nordheim/io/nearest_word.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/io/output_directory.hpp>

#include "support/catch.hpp"
#include "support/file_size_limit.hpp"
#include "support/scratch_directory.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

using nordheim::Error;
using nordheim::InvalidArgument;
using nordheim::test::contents;
using nordheim::test::file_count;
using nordheim::test::FileSizeLimit;
using nordheim::test::ScratchDirectory;

namespace {

std::string failure(const std::filesystem::path& path, std::string_view text) {
  try {
    nordheim::write_text_file(path, text);
  } catch (const Error& error) {
    return error.what();
  }
  return "written";
}

}  // namespace

TEST_CASE("A text file is replaced as a whole") {
  const ScratchDirectory scratch;
  const auto path = scratch.path() / "a.txt";
  nordheim::write_text_file(path, "old\n");
  nordheim::write_text_file(path, "new\n");
  CHECK(contents(path) == "new\n");
  CHECK(file_count(scratch.path()) == 1);
}

TEST_CASE("A full disk leaves the old file and no other") {
  const ScratchDirectory scratch;
  const auto path = scratch.path() / "a.txt";
  nordheim::write_text_file(path, "old\n");
  std::string message;
  {
    const FileSizeLimit limit(1000);
    message = failure(path, std::string(5000, 'x'));
  }
  CHECK(message == "cannot write " + path.string() + ": File too large");
  CHECK(contents(path) == "old\n");
  CHECK(file_count(scratch.path()) == 1);
}

TEST_CASE("What killed processes left of a file is removed, and nothing else") {
  const ScratchDirectory scratch;
  const auto path = scratch.path() / "a.txt";
  const std::string own = std::to_string(::getpid());
  const auto make = [&](const std::string& name) { std::ofstream(scratch.path() / name) << "x"; };
  // No process has the number 2^31 - 1; this one has another file of its number from an earlier life of that.
  const std::vector<std::string> abandoned{".a.txt.2147483647.0.tmp", ".a.txt.2147483647.17.tmp",
                                           ".a.txt." + own + ".1000000.tmp"};
  // Of a process that lives, of other files, and files that are no temporary ones of this library.
  const std::vector<std::string> others{".a.txt." + std::to_string(::getppid()) + ".0.tmp",
                                        ".b.txt.2147483647.0.tmp",
                                        ".a.txt.2147483647.tmp",
                                        ".a.txt.2147483647.0.1.tmp",
                                        ".a.txt.2147483647.0x.tmp",
                                        ".a.txt.99999999999.0.tmp",
                                        ".a.txt.-1.0.tmp",
                                        ".a.txt..0.tmp",
                                        ".a.txt.tmp",
                                        "a.txt.2147483647.0.tmp",
                                        "a.txt"};
  for (const auto* names : {&abandoned, &others}) {
    for (const std::string& name : *names) make(name);
  }
  nordheim::remove_abandoned_files(path);
  for (const std::string& name : abandoned) CHECK_FALSE(std::filesystem::exists(scratch.path() / name));
  for (const std::string& name : others) {
    CAPTURE(name);
    CHECK(std::filesystem::exists(scratch.path() / name));
  }
  CHECK_NOTHROW(nordheim::remove_abandoned_files(scratch.path() / "nowhere" / "a.txt"));
}

TEST_CASE("Files that a killed process of the same number left are in nobody's way") {
  const ScratchDirectory scratch;
  for (int count = 0; count < 100; ++count) {
    std::ofstream(scratch.path() / (".a.txt." + std::to_string(::getpid()) + "." + std::to_string(count) + ".tmp"));
  }
  CHECK(failure(scratch.path() / "a.txt", "new\n") == "written");
  CHECK(contents(scratch.path() / "a.txt") == "new\n");
}

TEST_CASE("Files that cannot be written are named with the reason") {
  const ScratchDirectory scratch;
  const auto missing = scratch.path() / "missing" / "a.txt";
  CHECK(failure(missing, "x") == "cannot write " + missing.string() + ": No such file or directory");
  CHECK(failure(scratch.path(), "x").find("not a regular file") != std::string::npos);
  CHECK(failure("/dev/null", "x").find("not a regular file") != std::string::npos);
}

TEST_CASE("Tables have comments, names and numbers that read back exactly") {
  const ScratchDirectory scratch;
  const auto path = scratch.path() / "t.csv";
  const std::vector<double> t{0.0, 0.1};
  const std::vector<double> x{1.0 / 3.0, std::numeric_limits<double>::infinity()};
  nordheim::write_csv(path, {{"time", t}, {"x", x}}, "two\nlines");
  CHECK(contents(path) == "# two\n# lines\ntime,x\n0,0.33333333333333331\n0.10000000000000001,inf\n");
  CHECK_THROWS_AS(nordheim::write_csv(path, {{"time", t}, {"x", std::span(x).first(1)}}), InvalidArgument);
  CHECK_THROWS_AS(nordheim::write_csv(path, {{"a,b", t}}), InvalidArgument);
  CHECK_THROWS_AS(nordheim::write_csv(path, {}), InvalidArgument);
}

TEST_CASE("Output directories are made with their parents or refused") {
  const ScratchDirectory scratch;
  const auto nested = scratch.path() / "a" / "b";
  nordheim::make_output_directory(nested);
  nordheim::make_output_directory(nested);
  CHECK(file_count(nested) == 0);
  nordheim::write_text_file(scratch.path() / "file", "");
  CHECK_THROWS_AS(nordheim::make_output_directory(scratch.path() / "file"), InvalidArgument);
  CHECK_THROWS_AS(nordheim::make_output_directory(scratch.path() / "file" / "c"), InvalidArgument);
  // Nobody can make a directory in the process file system, not even the superuser.
  CHECK_THROWS_AS(nordheim::make_output_directory("/proc/nordheim"), InvalidArgument);
}

TEST_CASE("Numbers are written with the digits they need") {
  CHECK(nordheim::shortest_text(0.1) == "0.1");
  CHECK(nordheim::shortest_text(1e-10) == "1e-10");
  CHECK(std::stod(nordheim::shortest_text(1.0 / 3.0)) == 1.0 / 3.0);
  CHECK(nordheim::full_text(-std::numeric_limits<double>::max()) == "-1.7976931348623157e+308");
  CHECK(nordheim::short_text(-1234567.0) == "-1.23457e+06");
  CHECK(nordheim::short_text(0.1) == "0.1");
  CHECK(nordheim::shortest_text(-std::numeric_limits<double>::infinity()) == "-inf");
}

TEST_CASE("The nearest word is the one that was meant") {
  const std::vector<std::string> known{"points", "dimension", "space", "end"};
  CHECK(nordheim::nearest_word("pionts", known) == "points");
  CHECK(nordheim::nearest_word("Points", known) == "points");
  CHECK(nordheim::nearest_word("dimensions", known) == "dimension");
  CHECK(nordheim::nearest_word("spcae", known) == "space");
  CHECK_FALSE(nordheim::nearest_word("xyz", known).has_value());
  CHECK_FALSE(nordheim::nearest_word("", known).has_value());
  CHECK_FALSE(nordheim::nearest_word(std::string(100000, 'p'), known).has_value());
}
