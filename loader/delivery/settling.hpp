#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loader/delivery/batch_progress.hpp"
#include "loader/delivery/delivery_context.hpp"
#include "model/answer.hpp"
#include "model/batch.hpp"
#include "model/classify_read.hpp"

namespace payferry {

/// How a batch's records in doubt are settled: when HubSpot can be asked for them, with what, and
/// whose the records are that it then shows. Thread: the network's.
class Settling {
 public:
  using Step = BatchProgress::Step;

  /// What an earlier process sent is in doubt from the start. All three must outlive this.
  Settling(const DeliveryContext& context, const Batch& batch, const BatchProgress& progress);

  /// A look-up before this could miss what is on its way yet.
  SteadyPoint not_before() const { return not_before_; }
  /// A write was answered, or not, in a way that leaves doubt.
  void wait_after_write(const Answer& answer);
  /// A look-up was answered: what is to be looked up once more needs time to appear.
  void wait_after_look_up();

  static ReadBy read_by(const Step& step) {
    return step.kind == BatchProgress::StepKind::look_up_holder ? ReadBy::record_id : ReadBy::key;
  }
  /// Replaces `body` by the look-up of the step's records; returns what it asks for, views into the
  /// batch and its progress.
  std::vector<std::string_view> write_look_up(const Step& step, std::string& body) const;
  /// What the verdict makes of the step's records, by their place in it. Asks the results log where
  /// HubSpot's word does not tell whose a record is, and can be interrupted while it waits for
  /// that; nothing if it would have to ask when the run is to stop.
  boost::asio::awaitable<std::optional<std::vector<LookUpResult>>> judge(
      const Step& step, const ReadVerdict& verdict) const;

 private:
  LookUpResult judge_entry(std::size_t entry, const LookUp& told) const;
  boost::asio::awaitable<void> ask_log(std::span<LookUpResult* const> unclear) const;

  const DeliveryContext& context_;
  const Batch& batch_;
  const BatchProgress& progress_;
  SteadyPoint not_before_{};
};

}  // namespace payferry
