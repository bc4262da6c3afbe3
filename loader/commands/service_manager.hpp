#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace payferry {

/// Tells systemd how a service gets on (sd_notify(3)), where there is one: NOTIFY_SOCKET and
/// WATCHDOG_USEC in the environment. Nothing goes wrong where there is none.
class ServiceManager {
 public:
  using Environment = std::function<std::optional<std::string>(const std::string&)>;

  /// Of this process, by its own environment.
  ServiceManager();
  /// `process`: WATCHDOG_PID must name it, if it is set.
  ServiceManager(const Environment& environment, long process);

  void ready() const { send("READY=1"); }
  /// One line that `systemctl status` shows.
  void status(std::string_view line) const;
  void alive() const { send("WATCHDOG=1"); }
  void stopping() const { send("STOPPING=1"); }

  bool listens() const { return !socket_.empty(); }
  /// How often it must hear that we are alive; nothing where it does not watch.
  std::optional<std::chrono::milliseconds> watchdog() const { return watchdog_; }

 private:
  void send(std::string_view message) const;

  std::string socket_;  ///< a path, or "@" and a name in the abstract namespace
  std::optional<std::chrono::milliseconds> watchdog_;
};

}  // namespace payferry
