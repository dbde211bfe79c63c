// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/io/atomic_file.hpp>

#include "io/temporary_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace nordheim {

namespace {

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

void write_text_file(const std::filesystem::path& path, std::string_view text) {
  detail::TemporaryFile file(path);
  const int descriptor = ::open(file.path().c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) detail::throw_cannot_write(path, errno);
  int failure = write_all(descriptor, text);
  // Network file systems report a full disk only here.
  if (::close(descriptor) != 0 && failure == 0) failure = errno;
  if (failure != 0) detail::throw_cannot_write(path, failure);
  file.commit();
}

}  // namespace nordheim
