// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/checkpoint.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/atomic_file.hpp>

#include <system_error>

namespace nordheim::program {

namespace {

std::filesystem::path newest(const std::filesystem::path& directory) { return directory / "checkpoint.h5"; }
std::filesystem::path previous(const std::filesystem::path& directory) { return directory / "checkpoint.previous.h5"; }

/// The case without what may change from one part of a run to the next.
std::string lasting_part(Case input) {
  input.time.end.reset();
  input.time.until_equilibrium.reset();
  input.output = {};
  return resolved_toml(input);
}

}  // namespace

void write_checkpoint(const std::filesystem::path& directory, const std::string& command, const Case& input,
                      const std::function<void(Hdf5Writer&)>& content) {
  remove_abandoned_files(newest(directory));
  Hdf5Writer file(newest(directory));
  file.attribute("/", "command", command);
  file.attribute("/", "case", lasting_part(input));
  content(file);
  std::error_code none_yet;
  std::filesystem::rename(newest(directory), previous(directory), none_yet);
  file.commit();
}

Hdf5Reader open_checkpoint(const std::filesystem::path& directory, const std::string& command, const Case& input) {
  const std::string place = "--restart " + directory.string() + ": ";
  std::error_code ignored;
  const bool has_newest = std::filesystem::exists(newest(directory), ignored);
  if (!has_newest && !std::filesystem::exists(previous(directory), ignored)) {
    throw InvalidArgument(place +
                          "there is no checkpoint.h5 in this directory (allowed the directory of a run with "
                          "output.checkpoint that has not ended)");
  }
  Hdf5Reader file(has_newest ? newest(directory) : previous(directory));
  if (file.text_attribute("/", "command") != command) {
    throw InvalidArgument(place + "the checkpoint is one of \"" + file.text_attribute("/", "command") +
                          "\" (allowed \"" + command + "\")");
  }
  if (file.text_attribute("/", "case") != lasting_part(input)) {
    throw InvalidArgument(place +
                          "the checkpoint is one of another case; only time.end, time.until_equilibrium and the "
                          "section [output] may change");
  }
  return file;
}

void remove_checkpoints(const std::filesystem::path& directory) {
  std::error_code ignored;
  std::filesystem::remove(newest(directory), ignored);
  std::filesystem::remove(previous(directory), ignored);
  remove_abandoned_files(newest(directory));
}

}  // namespace nordheim::program
