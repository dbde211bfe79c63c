// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/temporary_file.hpp"

#include <nordheim/core/error.hpp>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <charconv>
#include <optional>
#include <system_error>
#include <utility>

namespace nordheim::detail {

namespace {

std::filesystem::path directory_of(const std::filesystem::path& path) {
  const auto parent = path.parent_path();
  return parent.empty() ? std::filesystem::path(".") : parent;
}

/// Unique among the living processes and threads of this machine.
std::filesystem::path temporary_name(const std::filesystem::path& target) {
  static std::atomic<unsigned> count{0};
  std::string name = ".";
  name.append(target.filename().string()).append(".").append(std::to_string(::getpid()));
  name.append(".").append(std::to_string(count++)).append(".tmp");
  return directory_of(target) / name;
}

/// Whose a file of this name would be, if it is what temporary_name() makes of a target of that name.
std::optional<pid_t> writer_of(std::string_view name, const std::string& target) {
  const std::string begin = "." + target + ".";
  constexpr std::string_view end = ".tmp";
  if (!name.starts_with(begin) || !name.ends_with(end) || name.size() < begin.size() + end.size()) return {};
  name.remove_prefix(begin.size());
  name.remove_suffix(end.size());
  pid_t process = 0;
  unsigned count = 0;
  const char* const last = name.data() + name.size();
  const auto [dot, failure] = std::from_chars(name.data(), last, process);
  if (failure != std::errc() || process <= 0 || dot == last || *dot != '.') return {};
  const auto [rest, no_count] = std::from_chars(dot + 1, last, count);
  if (no_count != std::errc() || rest != last) return {};
  return process;
}

bool is_another_process(pid_t process) { return process != ::getpid() && (::kill(process, 0) == 0 || errno != ESRCH); }

/// Forces a file or directory to the disk; false with errno if that fails.
bool synchronise(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool done = ::fsync(descriptor) == 0;
  const int saved = errno;
  ::close(descriptor);
  errno = saved;
  return done;
}

/// Writes all of the text; 0 or the errno value of what failed.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

void throw_cannot_write(const std::filesystem::path& path, int error_number) {
  throw Error("cannot write " + path.string() + ": " + std::generic_category().message(error_number));
}

std::vector<std::filesystem::path> abandoned_files(const std::filesystem::path& target) {
  std::vector<std::filesystem::path> result;
  std::error_code failure;
  for (std::filesystem::directory_iterator entry(directory_of(target), failure), end; !failure && entry != end;
       entry.increment(failure)) {
    const auto writer = writer_of(entry->path().filename().string(), target.filename().string());
    if (writer && !is_another_process(*writer)) result.push_back(entry->path());
  }
  return result;
}

TemporaryFile::TemporaryFile(std::filesystem::path target)
    : target_(std::move(target)), path_(temporary_name(target_)) {
  std::error_code ignored;
  const auto status = std::filesystem::status(target_, ignored);
  // Renaming would replace a device such as /dev/null by a plain file.
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    throw Error("cannot write " + target_.string() + ": it exists and is not a regular file");
  }
  int descriptor = -1;
  // A process that was killed may have had the same number, and left files.
  while ((descriptor = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)) < 0 && errno == EEXIST) {
    path_ = temporary_name(target_);
  }
  if (descriptor < 0) throw_cannot_write(target_, errno);
  ::close(descriptor);
}

TemporaryFile::~TemporaryFile() {
  if (!committed_) ::unlink(path_.c_str());
}

void TemporaryFile::write(std::string_view contents) const {
  const int descriptor = ::open(path_.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
  if (descriptor < 0) throw_cannot_write(target_, errno);
  int failure = write_all(descriptor, contents);
  // Network file systems report a full disk only here.
  if (::close(descriptor) != 0 && failure == 0) failure = errno;
  if (failure != 0) throw_cannot_write(target_, failure);
}

void TemporaryFile::commit() {
  if (!synchronise(path_)) throw_cannot_write(target_, errno);
  if (::rename(path_.c_str(), target_.c_str()) != 0) throw_cannot_write(target_, errno);
  committed_ = true;
  // The file is complete under its name; some file systems cannot synchronise a directory, which loses nothing.
  synchronise(directory_of(target_));
}

}  // namespace nordheim::detail
