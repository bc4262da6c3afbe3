#include "loader/commands/run_session.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <random>

#include "loader/commands/ended_run.hpp"
#include "loader/commands/event_log.hpp"
#include "loader/commands/failure_text.hpp"
#include "loader/commands/hubspot_link.hpp"
#include "loader/commands/metrics_file.hpp"
#include "loader/commands/opened_run.hpp"
#include "loader/commands/preflight.hpp"
#include "loader/commands/progress_display.hpp"
#include "loader/commands/run_end.hpp"
#include "loader/commands/run_inputs.hpp"
#include "loader/commands/run_source.hpp"
#include "loader/commands/run_watch.hpp"
#include "loader/commands/service_manager.hpp"
#include "loader/commands/signals.hpp"
#include "loader/commands/stop_code.hpp"
#include "loader/commands/tell.hpp"
#include "loader/commands/write_page.hpp"
#include "loader/delivery/intake_thread.hpp"
#include "loader/delivery/pipeline.hpp"
#include "loader/report/closing_text.hpp"
#include "loader/report/summary.hpp"
#include "loader/run/disk_failure.hpp"
#include "model/shell_word.hpp"
#include "net/nursery.hpp"
#include "net/system_time.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

/// After a stop, what still comes of a pipe is kept for so long.
constexpr std::chrono::seconds kKeepPipeFor{30};

/// Wakes a reader that waits for a pipe, so that its thread can end, whatever else went wrong.
class EndOfReading {
 public:
  explicit EndOfReading(InputSet& inputs) : inputs_(inputs) {}
  ~EndOfReading() { inputs_.stop(); }
  EndOfReading(const EndOfReading&) = delete;
  EndOfReading& operator=(const EndOfReading&) = delete;

 private:
  InputSet& inputs_;
};

asio::awaitable<void> cancel_on_stop(StopSignal& stop, Nursery& asking, EventLog& events,
                                     const ServiceManager& service) {
  co_await stop.wait();
  events.stop_asked(stop);
  service.stopping();
  asking.cancel();
}

std::string service_status(const Summary& summary, const std::filesystem::path& directory) {
  if (summary.complete) return "complete";
  if (summary.stopped.empty()) return "the input broke off";
  return "stopped; go on with payferry resume " + shell_word(directory.string());
}

/// One process's share of a run: everything is made here, in the order in which it must go, and
/// lives until the run is left.
class RunSession {
 public:
  /// Both must outlive this.
  RunSession(RunPlan& plan, const SignalWatch& signals)
      : plan_(plan),
        signals_(signals),
        opened_(plan_, signals_),
        events_(EventLog::open(plan_.directory.file(kLogFile), plan_.common.log_level)),
        metrics_(plan_.run.metrics_file, events_) {}

  ExitCode run();

 private:
  void write_manifest();
  void take_failure(const std::exception_ptr& failure, StopSignal& stop);
  bool keep_rest(const StopSignal& stop) const;
  void note_what_was_done(const DeliveryContext& context, RunEnd& end) const;
  ExitCode leave(const Summary& summary);

  asio::awaitable<void> prepare(DeliveryContext& context);
  asio::awaitable<void> work(IntakeThread& source, DeliveryContext& context, ConnectionPool& pool);

  RunPlan& plan_;
  const SignalWatch& signals_;
  OpenedRun opened_;
  EventLog events_;
  MetricsFile metrics_;
  ServiceManager service_;
  bool has_begun_ = false;  ///< the manifest stands: the run can be resumed
};

void RunSession::write_manifest() {
  if (plan_.is_new) plan_.manifest.inputs = opened_.inputs->inputs();
  plan_.manifest.started.push_back(SystemTime().wall_now());
  // What an earlier process began can be resumed, whatever becomes of this note.
  has_begun_ = !plan_.is_new;
  plan_.directory.replace(kManifestFile, plan_.manifest.to_json());
  has_begun_ = true;
}

/// What must be known of the account before the first write.
asio::awaitable<void> RunSession::prepare(DeliveryContext& context) {
  // HubSpot took nothing of it yet, for a scope that is missing for instance: the token that it was
  // begun with may have been the wrong one.
  if (opened_.state.is_fresh()) plan_.manifest.account.clear();
  AccountSurvey account =
      co_await run_preflight(plan_.settings, plan_.manifest, context.api, context.admission,
                             context.time, context.clock, context.stop, context.random);
  context.associations = std::move(account.associations);
  // What was sent already may have gone into another account.
  if (account.details && opened_.state.is_fresh())
    plan_.manifest.account = account.details->portal_id;
}

asio::awaitable<void> RunSession::work(IntakeThread& source, DeliveryContext& context,
                                       ConnectionPool& pool) {
  const auto executor = co_await asio::this_coro::executor;
  Nursery asking(executor);
  Nursery watches(executor);
  watches.start(cancel_on_stop(context.stop, asking, events_, service_));
  if (plan_.stops_at) watches.start(stop_at(*plan_.stops_at, context));
  ProgressDisplay display(plan_.common.progress, context, source, opened_.bytes_total);
  RunWatch watch{context,  opened_.earlier, source,   display,
                 metrics_, events_,         service_, opened_.bytes_total};
  watches.start(keep_watchers_informed(watch));
  service_.ready();
  std::exception_ptr failure;
  try {
    asking.start(prepare(context));
    co_await asking.join();
    context.log.counters().requests += context.admission.snapshot().requests;
    const ExitCode code = code_of(context.stop.reason());
    if (code != ExitCode::unusable) write_manifest();
    if (code == ExitCode::all_loaded) {
      watches.start(display.run());
      context.log.note_counters();
      PipelineLimits limits;
      limits.max_errors = plan_.run.max_errors;
      co_await run_pipeline(source, context, limits);
    } else if (has_begun_) {
      co_await context.log.finish();
    }
  } catch (...) {
    failure = std::current_exception();
  }
  source.stop();
  watches.cancel();
  co_await watches.join();
  display.finish();
  pool.close_all();
  if (failure) std::rethrow_exception(failure);
}

ExitCode RunSession::run() {
  if (!plan_.is_new) {
    if (const auto change = changed_input(plan_.manifest)) refuse(*change);
  }
  SystemTime time;
  asio::io_context context(1);
  const auto executor = context.get_executor();
  std::mt19937_64 random(std::random_device{}());
  HubSpotLink hubspot(plan_.settings, time, executor, plan_.run.wait);
  DiskLog disk(opened_.paths, plan_.settings.results.durability, executor);
  RunLog log(disk, time, opened_.log_options(), opened_.state);
  HubSpotClock clock;
  StopSignal stop(executor);
  const SignalStop on_signal = stop_on_signal(signals_, stop, executor);
  Intake intake(*opened_.inputs, std::move(opened_.mapping), opened_.intake_options(),
                opened_.state);
  std::optional<IntakeThread> source(std::in_place, intake, executor);
  const EndOfReading end_of_reading(*opened_.inputs);

  const std::string& run_id = plan_.manifest.run_id;
  const Instant started =
      plan_.manifest.started.empty() ? time.wall_now() : plan_.manifest.started.front();
  DeliveryContext delivery{.executor = executor,
                           .settings = plan_.settings,
                           .run = facts_of_run(plan_.settings.mapping, run_id, started),
                           .api = hubspot.client,
                           .admission = hubspot.admission,
                           .log = log,
                           .time = time,
                           .clock = clock,
                           .stop = stop,
                           .random = random,
                           .earlier_cut_send = opened_.state.last_cut_send};
  delivery.events.add(events_);
  delivery.events.add(metrics_.requests());
  events_.run_begins(run_id, plan_.manifest.inputs.size(), plan_.is_new);
  events_.recovered(opened_.state);

  std::exception_ptr failure;
  asio::co_spawn(context, work(*source, delivery, hubspot.pool),
                 [&failure](std::exception_ptr error) { failure = std::move(error); });
  context.run();

  RunEnd end;
  end.has_failed = failure != nullptr;
  if (failure) take_failure(failure, stop);
  end.is_rest_missing = !keep_rest(stop);
  opened_.inputs->stop();
  source.reset();
  if (signals_.asked().stop_requested()) {
    end.is_end_doubted = opened_.inputs->is_end_doubted();
    stop_as_asked(signals_, stop);
  }
  if (!has_begun_) throw CommandFailure(code_of(stop.reason()), stop.text());
  note_what_was_done(delivery, end);
  return leave(summarise(end));
}

/// Once records may have been sent, whatever goes wrong is a stop that can be resumed.
void RunSession::take_failure(const std::exception_ptr& failure, StopSignal& stop) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& error) {
    if (!has_begun_) throw;
    const std::string text = failure_text(error);
    events_.failed(text);
    stop.request(StopReason::failed, text);
  }
}

/// A pipe that a signal has not ended brings its rest for a resumed run; false where it does not.
bool RunSession::keep_rest(const StopSignal& stop) const {
  return !stop.requested() || !has_begun_ || opened_.inputs->wait_until_kept(kKeepPipeFor);
}

void RunSession::note_what_was_done(const DeliveryContext& context, RunEnd& end) const {
  end.run_id = context.run.run_id;
  end.all_delivered = context.source_ended && context.log.tally().pending() == 0;
  end.done = opened_.earlier.with(context.log.tally(), context.log.settled_here());
  end.counters = context.log.counters_now();
  end.stop = context.stop.reason();
  end.stopped = context.stop.text();
  end.input_broken = opened_.input_broken();
}

ExitCode RunSession::leave(const Summary& summary) {
  auto code = static_cast<ExitCode>(summary.exit_code);
  try {
    plan_.directory.replace(kSummaryFile, summary.to_json());
  } catch (const DiskFailure& error) {
    tell(std::string("payferry: ") + error.what());
    code = ExitCode::stopped;
  }
  events_.run_left(summary);
  metrics_.finish(summary, opened_.inputs->progress(), SystemTime().wall_now());
  service_.status(service_status(summary, plan_.directory.path()));
  print(
      closing_text(summary, plan_.directory.path(), opened_.inputs->format() == InputFormat::csv));
  write_page(plan_.run.html, plan_.directory.path());
  return code;
}

/// A disk that fails is a stop of a run that has begun, be it before this process sent anything.
ExitCode work_on(RunPlan& plan, const SignalWatch& signals) {
  try {
    return RunSession(plan, signals).run();
  } catch (const DamagedRun&) {
    throw;
  } catch (const DiskFailure& failure) {
    if (plan.is_new) throw;
    throw CommandFailure(ExitCode::stopped, failure.what());
  }
}

}  // namespace

ExitCode carry_out(RunPlan plan, const SignalWatch& signals) {
  if (const auto code = leave_complete(plan, signals)) return *code;
  refuse_undone(plan);
  const bool log_is_ours = !std::filesystem::exists(plan.directory.file(kLogFile));
  try {
    return work_on(plan, signals);
  } catch (...) {
    remove_unbegun(plan, log_is_ours);
    throw;
  }
}

}  // namespace payferry
