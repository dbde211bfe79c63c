// SPDX-License-Identifier: GPL-3.0-or-later
// The program as a user runs it: a process with arguments, an exit code and two streams.
#pragma once

#include "support/scratch_directory.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace nordheim::test {

struct Outcome {
  int exit_code = -1;
  std::string out, err;
  double peak_memory = 0.0;  ///< largest resident set [bytes]
};

/// A program that has been started in a directory, by a launcher or not; its output goes to hidden files there.
class RunningProgram {
 public:
  RunningProgram(const std::filesystem::path& directory, const std::vector<std::string>& arguments,
                 const char* standard_output = out_name, const std::vector<std::string>& launcher = {})
      : directory_(directory) {
    std::vector<std::string> words = launcher;
    words.emplace_back(NORDHEIM_PROGRAM);
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addchdir_np(&actions, directory.c_str());
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, standard_output, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err_name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const int failure = posix_spawnp(&child_, argv.front(), &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failure != 0) throw std::runtime_error("cannot start " + words.front());
  }
  void send(int signal) const { kill(child_, signal); }
  Outcome wait() {
    int status = 0;
    rusage usage{};
    while (wait4(child_, &status, 0, &usage) < 0) {
    }
    Outcome outcome{WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status), contents(directory_ / out_name),
                    contents(directory_ / err_name), 1024.0 * static_cast<double>(usage.ru_maxrss)};
    std::filesystem::remove(directory_ / out_name);
    std::filesystem::remove(directory_ / err_name);
    return outcome;
  }
  static constexpr const char* out_name = ".standard-output";

 private:
  static constexpr const char* err_name = ".standard-error";
  std::filesystem::path directory_;
  pid_t child_ = 0;
};

inline Outcome run_program(const std::filesystem::path& directory, const std::vector<std::string>& arguments) {
  return RunningProgram(directory, arguments).wait();
}

inline void write_file(const std::filesystem::path& path, const std::string& text) { std::ofstream(path) << text; }

/// `transport` of a case with this text, with its results in the folder out.
inline Outcome run_transport(const std::filesystem::path& directory, const std::string& text,
                             const std::vector<std::string>& more = {}) {
  write_file(directory / "case.toml", text);
  std::vector<std::string> arguments{"transport", "case.toml", "--json", "--output", "out"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program(directory, arguments);
}

/// A case that runs in a tenth of a second.
inline constexpr const char* small_case = R"toml(
[momentum]
dimension = 2
points = 8
[collision]
kind = "two-body"
statistics = "fermion"
[initial]
occupation = "0.4 + 0.2*cos(2*pi*kx) + 0.1*sin(2*pi*ky)"
[time]
end = 5.0
[output]
times = 5
)toml";

}  // namespace nordheim::test
