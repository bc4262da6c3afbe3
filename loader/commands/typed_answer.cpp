#include "loader/commands/typed_answer.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "loader/run/file_descriptor.hpp"

namespace payferry {

namespace {

/// False where a signal came.
bool wait_for_input(const FileDescriptor& signalled) {
  std::array<pollfd, 2> watched = {pollfd{STDIN_FILENO, POLLIN, 0},
                                   pollfd{signalled.get(), POLLIN, 0}};
  while (::poll(watched.data(), watched.size(), -1) < 0 && errno == EINTR) {
  }
  return watched[1].revents == 0;
}

}  // namespace

std::optional<std::string> typed_answer(const SignalWatch& signals) {
  const FileDescriptor signalled(::eventfd(0, EFD_CLOEXEC));
  if (!signalled.is_open()) throw std::system_error(errno, std::generic_category(), "eventfd");
  const SignalStop on_signal(signals.asked(),
                             [&signalled] { ::eventfd_write(signalled.get(), 1); });
  std::string answer;
  std::array<char, 256> bytes{};
  while (!answer.ends_with('\n')) {
    if (!wait_for_input(signalled)) return std::nullopt;
    const ssize_t got = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    answer.append(bytes.data(), static_cast<std::size_t>(got));
  }
  return answer;
}

}  // namespace payferry
