#pragma once

#include <chrono>

namespace payferry {

/// Told by the transport when a request is on its way: when its last byte was handed over, or when
/// writing ended before, after at least one byte. HubSpot's rolling window may count a request at
/// any moment of its arrival; from its last byte on, the window is surely over in time.
class SendListener {
 public:
  SendListener() = default;
  virtual ~SendListener() = default;
  /// `held_up`: by how much later than other requests this one may be counted. The first on a
  /// connection stands behind the handshakes that the server is busy with.
  virtual void sent(std::chrono::microseconds held_up) = 0;

 protected:
  SendListener(const SendListener&) = default;
  SendListener& operator=(const SendListener&) = default;
};

}  // namespace payferry
