#pragma once

#include <chrono>

namespace payferry {

/// Told by the transport at the moment when a request's first byte is about to go out, which is
/// when HubSpot's rolling window can count it at the earliest.
class SendListener {
 public:
  virtual ~SendListener() = default;
  /// `held_up`: by how much later than other requests this one may be counted. The first on a
  /// connection stands behind the handshakes that the server is busy with.
  virtual void sending(std::chrono::microseconds held_up) = 0;
};

}  // namespace payferry
