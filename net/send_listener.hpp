#pragma once

namespace payferry {

/// Told by the transport at the moment when a request's first byte is about to go out, which is
/// when HubSpot's rolling window can count it at the earliest.
class SendListener {
 public:
  virtual ~SendListener() = default;
  virtual void sending() = 0;
};

}  // namespace payferry
