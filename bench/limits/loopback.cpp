#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>
#include <vector>

#include "bench/limits/limits.hpp"

namespace payferry::bench {

namespace {

constexpr std::size_t kStepBytes = 64 * 1024;
constexpr std::size_t kSteps = 32 * 1024;

int checked(int result) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), "loopback");
  return result;
}

class Socket {
 public:
  explicit Socket(int descriptor) : descriptor_(checked(descriptor)) {}
  ~Socket() { ::close(descriptor_); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

sockaddr_in listen_on_loopback(const Socket& listener) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  checked(::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), size));
  checked(::listen(listener.get(), 1));
  checked(::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size));
  return address;
}

void send_all(const sockaddr_in& address) {
  const Socket writer(::socket(AF_INET, SOCK_STREAM, 0));
  checked(::connect(writer.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address));
  const std::vector<char> bytes(kStepBytes, 'x');
  for (std::size_t step = 0; step < kSteps; ++step) {
    for (std::size_t sent = 0; sent < bytes.size();) {
      const ssize_t count = ::send(writer.get(), bytes.data() + sent, bytes.size() - sent, 0);
      if (count <= 0) return;
      sent += static_cast<std::size_t>(count);
    }
  }
}

}  // namespace

double measure_loopback() {
  const Socket listener(::socket(AF_INET, SOCK_STREAM, 0));
  const sockaddr_in address = listen_on_loopback(listener);
  std::thread writer(send_all, address);
  const Socket reader(::accept(listener.get(), nullptr, nullptr));
  std::vector<char> bytes(kStepBytes);
  const auto begun = std::chrono::steady_clock::now();
  double received = 0;
  for (ssize_t count = 1; count > 0; received += static_cast<double>(count))
    count = ::recv(reader.get(), bytes.data(), bytes.size(), 0);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  writer.join();
  return received / 1e6 / took.count();
}

}  // namespace payferry::bench
