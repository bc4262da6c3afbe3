#include "loader/commands/service_manager.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <map>

#include "loader/run/file_descriptor.hpp"
#include "loader/source/temp_directory.hpp"

namespace payferry {
namespace {

using namespace std::chrono_literals;

ServiceManager manager(std::map<std::string, std::string> variables, long process = 7) {
  const auto environment = [&](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
  return ServiceManager(environment, process);
}

/// systemd's end of the socket.
class Listener {
 public:
  explicit Listener(const std::string& path)
      : file_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strcpy(address.sun_path, path.c_str());
    EXPECT_EQ(::bind(file_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  }
  std::string next() const {
    char text[1024];
    const ssize_t got = ::recv(file_.get(), text, sizeof text, 0);
    return got < 0 ? "" : std::string(text, static_cast<std::size_t>(got));
  }

 private:
  FileDescriptor file_;
};

TEST(ServiceManager, TellsHowTheServiceGetsOn) {
  const TempDirectory directory;
  const Listener systemd(directory.file("notify"));
  const ServiceManager service = manager({{"NOTIFY_SOCKET", directory.file("notify")}});
  service.ready();
  EXPECT_EQ(systemd.next(), "READY=1");
  service.status("12 records\nREADY=0");
  EXPECT_EQ(systemd.next(), "STATUS=12 records READY=0");
  service.alive();
  EXPECT_EQ(systemd.next(), "WATCHDOG=1");
  service.stopping();
  EXPECT_EQ(systemd.next(), "STOPPING=1");
}

TEST(ServiceManager, WithoutOneNothingHappens) {
  manager({}).ready();
  EXPECT_FALSE(manager({}).listens());
  EXPECT_FALSE(manager({{"NOTIFY_SOCKET", "relative"}}).listens());
  EXPECT_FALSE(manager({{"NOTIFY_SOCKET", "/" + std::string(200, 'x')}}).listens());
  manager({{"NOTIFY_SOCKET", "/nowhere/notify"}}).ready();
}

TEST(ServiceManager, OnlyTheWatchedProcessKeepsTheWatchdogQuiet) {
  EXPECT_EQ(manager({{"WATCHDOG_USEC", "30000000"}}).watchdog(), 30s);
  EXPECT_EQ(manager({{"WATCHDOG_USEC", "30000000"}, {"WATCHDOG_PID", "7"}}).watchdog(), 30s);
  EXPECT_FALSE(manager({{"WATCHDOG_USEC", "30000000"}, {"WATCHDOG_PID", "8"}}).watchdog());
  EXPECT_FALSE(manager({{"WATCHDOG_USEC", "soon"}}).watchdog());
  EXPECT_FALSE(manager({{"WATCHDOG_USEC", "0"}}).watchdog());
  EXPECT_FALSE(manager({}).watchdog());
}

}  // namespace
}  // namespace payferry
