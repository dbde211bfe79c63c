// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/gnuplot.hpp"

#include <nordheim/core/error.hpp>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

namespace nordheim::program {

namespace {

constexpr const char* messages_file = "gnuplot-messages.txt";

void check(int error_number, const char* what) {
  if (error_number == 0) return;
  throw Error("cannot start gnuplot: " + std::string(what) + ": " + std::generic_category().message(error_number));
}

/// What the child process does before gnuplot starts: enters the directory, reads nothing, prints into a file.
class FileActions {
 public:
  explicit FileActions(const std::filesystem::path& directory) {
    check(posix_spawn_file_actions_init(&actions_), "posix_spawn_file_actions_init");
    try {
      check(posix_spawn_file_actions_addchdir_np(&actions_, directory.c_str()), "directory of the figures");
      check(posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0), "input");
      check(
          posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, messages_file, O_WRONLY | O_CREAT | O_TRUNC, 0600),
          "output");
      check(posix_spawn_file_actions_adddup2(&actions_, STDOUT_FILENO, STDERR_FILENO), "error output");
    } catch (...) {
      posix_spawn_file_actions_destroy(&actions_);
      throw;
    }
  }
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  [[nodiscard]] const posix_spawn_file_actions_t* get() const noexcept { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

std::string take_messages(const std::filesystem::path& directory) {
  const std::filesystem::path path = directory / messages_file;
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  file.close();
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  const std::size_t first = text.find_first_not_of(" \n\t");
  if (first == std::string::npos) return "it printed nothing";
  return text.substr(first, text.find_last_not_of(" \n\t") - first + 1);
}

}  // namespace

void run_gnuplot(const std::filesystem::path& directory, const std::string& script) {
  std::string program = "gnuplot", no_start_up_files = "-d", argument = script;
  char* arguments[] = {program.data(), no_start_up_files.data(), argument.data(), nullptr};
  const FileActions actions(directory);
  pid_t child = 0;
  const int failure = posix_spawnp(&child, program.c_str(), actions.get(), nullptr, arguments, environ);
  if (failure == ENOENT || failure == EACCES || failure == ENOTDIR) {
    throw Error(
        "the program gnuplot, which draws the figures, is not on the PATH; Debian and Ubuntu have it in the "
        "package gnuplot-nox, other systems in gnuplot");
  }
  check(failure, "posix_spawnp");
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) throw Error("lost sight of gnuplot: " + std::generic_category().message(errno));
  }
  const std::string messages = take_messages(directory);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw Error("gnuplot failed at " + script + ": " + messages);
}

}  // namespace nordheim::program
