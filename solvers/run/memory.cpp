// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/memory.hpp"

#include <nordheim/core/error.hpp>

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iomanip>
#include <limits>
#include <sstream>

namespace nordheim::program {

namespace {

constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

/// MemAvailable of Linux: free memory and what the kernel gives back at once.
std::size_t system_memory() {
  std::ifstream file("/proc/meminfo");
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string key;
    std::size_t kibibytes = 0;
    if (words >> key >> kibibytes && key == "MemAvailable:") return kibibytes * 1024;
  }
  const long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGE_SIZE);
  return pages > 0 && page > 0 ? static_cast<std::size_t>(pages) * static_cast<std::size_t>(page) : unlimited;
}

/// Limit of the control group (containers), less what it uses.
std::size_t group_memory() {
  const auto number = [](const char* path) {
    std::ifstream file(path);
    std::size_t value = unlimited;
    return file >> value ? value : unlimited;
  };
  const std::size_t limit = number("/sys/fs/cgroup/memory.max"), used = number("/sys/fs/cgroup/memory.current");
  if (limit == unlimited || used == unlimited) return unlimited;
  return limit > used ? limit - used : 0;
}

std::size_t process_memory() {
  rlimit limit{};
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return unlimited;
  return static_cast<std::size_t>(limit.rlim_cur);
}

}  // namespace

std::size_t available_memory() { return std::min({system_memory(), group_memory(), process_memory()}); }

std::string bytes_text(std::size_t bytes) {
  constexpr std::array units{"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; value >= 1024.0 && unit + 1 < units.size(); ++unit) value /= 1024.0;
  std::ostringstream text;
  text << std::setprecision(3) << value << ' ' << units[unit];
  return text.str();
}

void require_memory(std::size_t bytes, const std::string& what) {
  const std::size_t available = available_memory();
  if (bytes <= available) return;
  throw InvalidArgument(what + " needs " + bytes_text(bytes) + " of memory, " + bytes_text(available) +
                        " are available: use fewer points");
}

}  // namespace nordheim::program
