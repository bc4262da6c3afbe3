#include "loader/commands/service_manager.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>

#include "config/token_source.hpp"
#include "loader/run/file_descriptor.hpp"
#include "model/clean_text.hpp"
#include "model/digits.hpp"

namespace payferry {

namespace {

constexpr std::size_t kMostStatusBytes = 400;

bool is_address(const std::string& socket) {
  return !socket.empty() && (socket[0] == '/' || socket[0] == '@') &&
         socket.size() < sizeof(sockaddr_un::sun_path);
}

}  // namespace

ServiceManager::ServiceManager() : ServiceManager(process_environment, ::getpid()) {}

ServiceManager::ServiceManager(const Environment& environment, long process) {
  const std::string socket = environment("NOTIFY_SOCKET").value_or("");
  if (is_address(socket)) socket_ = socket;
  const auto interval = parse_number(environment("WATCHDOG_USEC").value_or(""));
  const auto watched = environment("WATCHDOG_PID");
  if (!interval || *interval == 0) return;
  if (watched && *watched != std::to_string(process)) return;
  watchdog_ = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::microseconds(static_cast<std::int64_t>(*interval)));
}

void ServiceManager::status(std::string_view line) const {
  send("STATUS=" + clean_text(line, kMostStatusBytes));
}

void ServiceManager::send(std::string_view message) const {
  if (!listens()) return;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, socket_.data(), socket_.size());
  if (socket_[0] == '@') address.sun_path[0] = '\0';
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  const FileDescriptor file(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!file.is_open()) return;
  // A manager that does not listen is no reason to end an import.
  static_cast<void>(::sendto(file.get(), message.data(), message.size(), MSG_NOSIGNAL,
                             reinterpret_cast<const sockaddr*>(&address), size));
}

}  // namespace payferry
