#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loader/delivery/association_progress.hpp"
#include "loader/delivery/batch_progress.hpp"
#include "loader/delivery/delivery_context.hpp"
#include "loader/delivery/retries.hpp"
#include "loader/delivery/settling.hpp"
#include "model/batch.hpp"
#include "model/batch_answer.hpp"
#include "model/classify.hpp"
#include "model/classify_read.hpp"

namespace payferry {

/// A batch's life, from the moment when it is taken from the source until its outcomes are durable:
/// wait until what it is to be associated with is known, and for leave to send, note the intent,
/// send, classify, settle what is in doubt, split what is refused whole, try again, associate what
/// was upserted, log.
///
/// While it waits it can be interrupted (total cancellation); a request under way and what follows
/// from its answer can only be cancelled (terminal). Whatever ends it early, the journal knows what
/// a resumed run must look up. Thread: the network's.
class BatchDelivery {
 public:
  /// `context` must outlive this, and counts it as one of its deliveries, ready to send, already.
  BatchDelivery(DeliveryContext& context, Batch batch, AssociationTargets::Claim claim);
  ~BatchDelivery();
  BatchDelivery(const BatchDelivery&) = delete;
  BatchDelivery& operator=(const BatchDelivery&) = delete;

  boost::asio::awaitable<void> run();

 private:
  using Step = BatchProgress::Step;
  /// What the next request has to wait for.
  struct Wait {
    SteadyPoint until{};
    WaitReason reason = WaitReason::retry;
    bool is_told = false;  ///< by DeliveryEvents::held
  };

  boost::asio::awaitable<void> targets_known();
  boost::asio::awaitable<void> turn_of_keys();
  boost::asio::awaitable<void> carry_out(Step step);
  boost::asio::awaitable<void> send(Step step);
  boost::asio::awaitable<void> look_up(Step step);
  boost::asio::awaitable<std::optional<Permit>> admit(RequestKind kind, Wait wait);
  boost::asio::awaitable<void> sit_out(Wait wait);
  boost::asio::awaitable<void> associate(AssociationProgress::Step step);

  void set_ready(bool ready);
  std::vector<const BatchEntry*> entries_of(const Step& step) const;
  std::string_view write_body(std::span<const BatchEntry* const> sent);
  void take_credit_for_upserts(const Step& step, Verdict& verdict) const;
  Wait wait_before_send(const Step& step, std::span<const BatchEntry* const> sent) const;
  void hold_keys_in_doubt(const Step& step);
  void stop_if_given_up();
  void refuse_look_up(Step step, const ReadVerdict& verdict);
  RequestEnd request_end(const Step& step, const WholeVerdict& verdict, const Answer& answer) const;
  void tell_sent(const Step& step, const Verdict& verdict, const Answer& answer);
  void tell_looked_up(const Step& step, const ReadVerdict& verdict, const Answer& answer);

  DeliveryContext& context_;
  Batch batch_;
  AssociationTargets::Claim claim_;
  BatchProgress progress_;
  Settling settling_;
  AssociationProgress associating_;
  Retries retries_;
  bool is_ready_ = true;
  std::string body_;
  std::uint32_t attempt_ = 0;
  SteadyPoint last_write_ended_{};
};

/// Runs a BatchDelivery of its own; what the nursery starts.
boost::asio::awaitable<void> deliver(DeliveryContext& context, Batch batch,
                                     AssociationTargets::Claim claim);

}  // namespace payferry
