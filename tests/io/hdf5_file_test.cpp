// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/atomic_file.hpp>
#include <nordheim/io/hdf5_file.hpp>

#include "support/catch.hpp"
#include "support/file_size_limit.hpp"
#include "support/scratch_directory.hpp"

#include <hdf5.h>

#include <cstdint>
#include <string>
#include <vector>

using nordheim::Error;
using nordheim::Hdf5Reader;
using nordheim::Hdf5Writer;
using nordheim::test::contents;
using nordheim::test::file_count;
using nordheim::test::FileSizeLimit;
using nordheim::test::ScratchDirectory;

namespace {

template <class Function>
std::string failure(Function&& function) {
  try {
    function();
  } catch (const Error& error) {
    return error.what();
  }
  return "no failure";
}

bool mentions(const std::string& message, const std::string& words) { return message.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("An HDF5 file reads back as it was written") {
  const ScratchDirectory scratch;
  const auto path = scratch.path() / "result.h5";
  const std::string long_text(100000, 'x');  // more than HDF5's limit for fixed-size attributes
  const std::vector<double> time{0.0, 0.1}, node{0.0, 1.0, 2.0}, W{1.0, 2.0, 3.0, 4.0, 5.0, 1.0 / 3.0};
  const std::vector<std::int64_t> steps{1, INT64_MAX};
  {
    Hdf5Writer file(path);
    file.write("time", time, {"1/energy", "time"});
    file.write("node", node, {"1", "node"});
    file.write("W", W, 3, {"1", "occupation", {"time", "node"}});
    file.write("C", W, 2, {"energy", "rate", {"", "time"}});
    file.write("beta", 0.5, {"1/energy", "inverse temperature"});
    file.write_integers("steps", steps, {"1", "internal steps", {"time"}});
    file.write_texts("names", {"ω", ""}, {"1", "names"});
    file.write("empty", std::vector<double>{}, {"1", "nothing"});
    file.attribute("/", "case", long_text);
    file.attribute("/", "drift", 1e-16);
    file.attribute("W", "snapshots", std::int64_t{2});
    file.commit();
  }
  CHECK(file_count(scratch.path()) == 1);

  const Hdf5Reader file(path);
  CHECK(file.shape("W") == std::vector<std::size_t>{2, 3});
  CHECK(file.numbers("W") == W);
  CHECK(file.scales("W") == std::vector<std::string>{"time", "node"});
  CHECK(file.scales("C") == std::vector<std::string>{"", "time"});
  CHECK(file.scales("time") == std::vector<std::string>{""});
  CHECK(file.text_attribute("W", "units") == "1");
  CHECK(file.text_attribute("W", "long_name") == "occupation");
  CHECK(file.text_attribute("time", "CLASS") == "DIMENSION_SCALE");
  CHECK(file.shape("beta").empty());
  CHECK(file.numbers("beta") == std::vector<double>{0.5});
  CHECK(file.integers("steps") == steps);
  CHECK(file.numbers("steps").front() == 1.0);
  CHECK(file.texts("names") == std::vector<std::string>{"ω", ""});
  CHECK(file.numbers("empty").empty());
  CHECK(file.text_attribute("/", "case") == long_text);
  CHECK(file.number_attribute("/", "drift") == 1e-16);
  CHECK(file.integer_attribute("W", "snapshots") == 2);
  CHECK(file.has("W"));
  CHECK_FALSE(file.has("V"));
  CHECK_FALSE(file.has("V/W"));
  CHECK_FALSE(file.has_attribute("V", "units"));
  CHECK_FALSE(file.has_attribute("W", "unit"));
}

TEST_CASE("An HDF5 file that is not committed leaves nothing behind") {
  const ScratchDirectory scratch;
  const auto path = scratch.path() / "result.h5";
  nordheim::write_text_file(path, "earlier run");
  {
    Hdf5Writer file(path);
    file.write("x", 1.0, {"1", "x"});
  }
  CHECK(contents(path) == "earlier run");
  CHECK(file_count(scratch.path()) == 1);
}

// HDF5 by itself would try again at the end of the process, print its error stack and crash there.
TEST_CASE("A full disk leaves the old HDF5 file and no other") {
  const ScratchDirectory scratch;
  const auto path = scratch.path() / "result.h5";
  nordheim::write_text_file(path, "earlier run");
  std::string message;
  {
    const FileSizeLimit limit(1000);
    message = failure([&] {
      Hdf5Writer file(path);
      file.write("x", std::vector<double>(5000, 1.0), {"1", "x"});
      file.commit();
    });
  }
  CHECK(message == "cannot write " + path.string() + ": File too large");
  CHECK(contents(path) == "earlier run");
  CHECK(file_count(scratch.path()) == 1);
}

TEST_CASE("Wrong use of an HDF5 writer is refused with file and dataset") {
  const ScratchDirectory scratch;
  const auto path = scratch.path() / "r.h5";
  Hdf5Writer file(path);
  const std::vector<double> three{1.0, 2.0, 3.0};
  file.write("a", three, {"1", "a"});
  const std::string place = path.string() + ", ";
  CHECK(mentions(failure([&] { file.write("a", three, {"1", "a"}); }), place + "a: there is a dataset of this name"));
  CHECK(mentions(failure([&] { file.write("b", three, 2, {"1", "b"}); }), place + "b: 3 values cannot fill rows of 2"));
  CHECK(mentions(failure([&] { file.write("b", three, 0, {"1", "b"}); }), "rows of 0"));
  CHECK(mentions(failure([&] { file.write("c", three, {"1", "c", {"x"}}); }), place + "x: there is no dataset"));
  CHECK(mentions(failure([&] { file.write("d", 1.0, {"1", "d", {"a"}}); }), "1 scales for 0 dimensions"));
  CHECK(mentions(failure([&] { file.write("e", std::span(three).first(2), {"1", "e", {"a"}}); }), "found 3 values"));
  CHECK(mentions(failure([&] { file.write("x/y", three, {"1", "f"}); }), "without slashes"));
  CHECK(mentions(failure([&] { file.attribute("a", "units", "2"); }), "there already"));
  CHECK(mentions(failure([&] { file.attribute("q", "units", "2"); }), "there is no dataset"));
  CHECK(mentions(failure([&] { file.attribute("/", "t", std::string("a\0b", 3)); }), "zero byte"));
  file.commit();
  CHECK(mentions(failure([&] { file.write("z", 1.0, {"1", "z"}); }), "committed already"));
  CHECK(mentions(failure([&] { file.commit(); }), "committed already"));
  CHECK(mentions(failure([&] { Hdf5Writer other(scratch.path() / "no" / "r.h5"); }), "No such file or directory"));
}

TEST_CASE("Complex numbers of other programs are read as their parts") {
  const ScratchDirectory scratch;
  const auto path = scratch.path() / "r.h5";
  // As h5py writes them, here in single precision and with the members the other way round.
  struct Pair {
    float i, r;
  };
  const std::vector<Pair> pairs{{0.5F, 1.0F}, {-0.25F, 2.0F}};
  const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  const hsize_t size = pairs.size();
  const hid_t space = H5Screate_simple(1, &size, nullptr);
  for (const char* real : {"r", "real"}) {
    const hid_t type = H5Tcreate(H5T_COMPOUND, sizeof(Pair));
    H5Tinsert(type, real, HOFFSET(Pair, r), H5T_NATIVE_FLOAT);
    H5Tinsert(type, "i", HOFFSET(Pair, i), H5T_NATIVE_FLOAT);
    const hid_t data = H5Dcreate2(file, real, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    REQUIRE(H5Dwrite(data, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pairs.data()) >= 0);
    H5Dclose(data);
    H5Tclose(type);
  }
  H5Sclose(space);
  H5Fclose(file);
  const Hdf5Reader reader(path);
  CHECK(reader.complex_parts("r") == std::vector<double>{1.0, 0.5, 2.0, -0.25});
  CHECK(reader.shape("r") == std::vector<std::size_t>{2});
  CHECK(mentions(failure([&] { (void)reader.complex_parts("real"); }), "nor pairs of the members r and i"));
  CHECK(mentions(failure([&] { (void)reader.numbers("r"); }), "does not hold numbers"));
}

TEST_CASE("Wrong HDF5 input is refused with file and reason") {
  const ScratchDirectory scratch;
  const auto path = scratch.path() / "r.h5";
  CHECK(mentions(failure([&] { const Hdf5Reader reader(path); }), path.string() + ": there is no such file"));
  nordheim::write_text_file(path, "plain text");
  CHECK(mentions(failure([&] { const Hdf5Reader reader(path); }), "not a complete HDF5 file"));
  {
    Hdf5Writer file(path);
    file.write("x", std::vector<double>(1000, 1.0), {"1", "x"});
    file.write_texts("s", {"a"}, {"1", "s"});
    file.commit();
  }
  {
    const Hdf5Reader file(path);
    CHECK(mentions(failure([&] { (void)file.numbers("y"); }), path.string() + ", y: there is no dataset"));
    CHECK(mentions(failure([&] { (void)file.numbers("s"); }), "does not hold numbers"));
    CHECK(mentions(failure([&] { (void)file.complex_parts("s"); }), "does not hold numbers"));
    CHECK(file.complex_parts("x") == std::vector<double>(1000, 1.0));
    CHECK(mentions(failure([&] { (void)file.texts("x"); }), "does not hold texts"));
    CHECK(mentions(failure([&] { (void)file.text_attribute("x", "q"); }), "no such attribute"));
    CHECK(mentions(failure([&] { (void)file.number_attribute("x", "units"); }), "does not hold numbers"));
  }
  std::filesystem::resize_file(path, 3000);
  const std::string message = failure([&] { const Hdf5Reader reader(path); });
  INFO(message);
  CHECK((mentions(message, "truncated") && mentions(message, path.string())));
}
