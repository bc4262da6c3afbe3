#include "loader/delivery/pipeline.hpp"

#include <boost/asio/this_coro.hpp>
#include <utility>

#include "loader/delivery/batch_delivery.hpp"
#include "loader/delivery/target_look_up.hpp"
#include "model/counted.hpp"
#include "net/nursery.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

/// Once a stop is asked for: nothing new is read or sent, what waits is ended, and what is under
/// way gets its grace.
asio::awaitable<void> carry_out_stop(BatchSource& source, DeliveryContext& context,
                                     Nursery& deliveries, SteadyDuration grace) {
  co_await context.stop.wait();
  source.stop();
  context.admission.close();
  deliveries.interrupt();
  context.changed.notify_all();
  co_await context.time.sleep_for(grace);
  deliveries.cancel();
}

asio::awaitable<void> room_for_another(DeliveryContext& context, const Nursery& deliveries,
                                       const PipelineLimits& limits) {
  const auto is_full = [&] {
    return context.ready >= limits.batches_ready ||
           context.targets.wanted() >= limits.most_values_wanted ||
           context.deliveries >= limits.most_batches ||
           context.log.records_open() >= limits.most_records_open ||
           context.log.bytes_open() >= limits.most_bytes_open;
  };
  while (is_full() && !context.stop.requested() && !deliveries.is_cancelled()) {
    co_await context.changed.wait();
  }
}

asio::awaitable<void> stop_at(MaxErrors max_errors, DeliveryContext& context) {
  const Tally& tally = context.log.tally();
  while (!max_errors.reached(tally.refused(), tally.settled())) co_await context.changed.wait();
  context.stop.request(StopReason::max_errors,
                       counted(tally.refused(), "record") +
                           word_for(tally.refused(), " was", " were") +
                           " refused, as many as --max-errors allows or more");
}

/// Whose rows an earlier process's requests may still write is not known any more: what is sent
/// before they are over could be overwritten by an earlier row of the same key.
void hold_for_earlier_process(DeliveryContext& context) {
  if (!context.earlier_cut_send) return;
  SendTime sent(*context.earlier_cut_send);
  sent.by_earlier_process = true;
  const SteadyPoint over = context.settled_by(sent);
  context.keys_in_flight.any_may_be_at_work(over);
  if (over > context.time.now()) context.events.held(over - context.time.now());
}

asio::awaitable<void> deliver_all(BatchSource& source, DeliveryContext& context,
                                  Nursery& deliveries, const PipelineLimits& limits) {
  const bool upsert = context.settings.mapping.write == WriteMode::upsert;
  if (upsert) hold_for_earlier_process(context);
  for (;;) {
    co_await room_for_another(context, deliveries, limits);
    std::optional<Batch> batch = co_await source.next();
    if (context.stop.requested() || deliveries.is_cancelled()) co_return;
    if (!batch) {
      context.source_ended = true;
      co_return;
    }
    context.log.open_batch(*batch);
    if (upsert) context.keys_in_flight.enter(*batch);
    ++context.deliveries;
    ++context.ready;
    AssociationTargets::Claim claim = context.targets.claim(*batch);
    while (const auto kind = context.targets.begin_look_up())
      deliveries.start(look_up_targets(context, *kind));
    deliveries.start(deliver(context, std::move(*batch), std::move(claim)));
  }
}

}  // namespace

asio::awaitable<void> stop_at(SteadyPoint deadline, DeliveryContext& context) {
  co_await context.time.sleep_until(deadline);
  context.stop.request(StopReason::deadline, "The deadline is reached");
}

asio::awaitable<void> run_pipeline(BatchSource& source, DeliveryContext& context,
                                   PipelineLimits limits) {
  const auto executor = co_await asio::this_coro::executor;
  Nursery deliveries(executor);
  Nursery watches(executor);
  watches.start(carry_out_stop(source, context, deliveries, limits.grace));
  if (limits.max_errors) watches.start(stop_at(*limits.max_errors, context));
  asio::awaitable<void> starting = deliver_all(source, context, deliveries, limits);
  co_await run_watched(std::move(starting), deliveries, watches);
  co_await context.log.finish();
}

}  // namespace payferry
