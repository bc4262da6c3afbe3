#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/answer.hpp"
#include "model/classify.hpp"
#include "model/ids.hpp"
#include "net/time.hpp"

namespace payferry {

/// A request that ended, and what was made of it. Holds for the call only.
struct RequestEnd {
  BatchNumber batch;
  std::uint32_t attempt = 0;  ///< 0: a look-up
  std::size_t records = 0;
  const Answer& answer;
  const WholeVerdict& verdict;
  std::size_t in_doubt = 0;  ///< of a write: records that may or may not be in HubSpot now
  std::size_t found = 0;     ///< of a look-up
  std::size_t missing = 0;   ///< likewise
  bool probe = false;        ///< it was sent while HubSpot was taken to be down
};

/// Why a batch does not go on at once.
enum class WaitReason {
  retry,      ///< a request failed, or left open what became of its records
  look_up,    ///< HubSpot may not show yet what it was sent
  same_keys,  ///< a request without an answer may still write rows with the keys of this batch
};

/// What deliveries tell of themselves, for the log and the metrics; nothing depends on it. Must not
/// throw. Thread: the network's.
class DeliveryEvents {
 public:
  virtual ~DeliveryEvents() = default;

  virtual void sending(BatchNumber batch, std::uint32_t attempt, std::size_t records) = 0;
  virtual void ended(const RequestEnd& request) = 0;
  /// Nothing at all is sent for so long: a request of an earlier process may still write rows of
  /// which the keys are not known any more.
  virtual void held(SteadyDuration pause) = 0;
  /// The batch has to wait that long before it asks for leave to send, for a reason of its own.
  virtual void waits(BatchNumber batch, SteadyDuration pause, WaitReason reason) = 0;
};

/// Tells all of them, in their order. With none, nobody listens.
class DeliveryEventList final : public DeliveryEvents {
 public:
  /// `events` must outlive this.
  void add(DeliveryEvents& events) { listeners_.push_back(&events); }

  void sending(BatchNumber batch, std::uint32_t attempt, std::size_t records) override {
    for (DeliveryEvents* listener : listeners_) listener->sending(batch, attempt, records);
  }
  void ended(const RequestEnd& request) override {
    for (DeliveryEvents* listener : listeners_) listener->ended(request);
  }
  void held(SteadyDuration pause) override {
    for (DeliveryEvents* listener : listeners_) listener->held(pause);
  }
  void waits(BatchNumber batch, SteadyDuration pause, WaitReason reason) override {
    for (DeliveryEvents* listener : listeners_) listener->waits(batch, pause, reason);
  }

 private:
  std::vector<DeliveryEvents*> listeners_;
};

}  // namespace payferry
