#include "loader/commands/run_session.hpp"

#include <date/tz.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <random>

#include "loader/commands/access.hpp"
#include "loader/commands/ended_run.hpp"
#include "loader/commands/event_log.hpp"
#include "loader/commands/failure_text.hpp"
#include "loader/commands/metrics_file.hpp"
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
#include "loader/delivery/intake.hpp"
#include "loader/delivery/intake_thread.hpp"
#include "loader/delivery/pipeline.hpp"
#include "loader/report/closing_text.hpp"
#include "loader/report/earlier_processes.hpp"
#include "loader/report/summary.hpp"
#include "loader/run/disk_failure.hpp"
#include "loader/run/disk_files.hpp"
#include "loader/run/recovery.hpp"
#include "loader/source/input_set.hpp"
#include "net/connection_pool.hpp"
#include "net/hubspot_client.hpp"
#include "net/nursery.hpp"
#include "net/system_time.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

/// After a stop, what still comes of a pipe is kept for so long.
constexpr std::chrono::seconds kKeepPipeFor{30};

/// Nothing was sent: a mended config must not find a run that it would have to go on with.
void remove_unbegun(const RunPlan& plan) {
  const std::filesystem::path& directory = plan.directory.path();
  std::error_code ignored;
  if (std::filesystem::exists(directory / kManifestFile, ignored)) return;
  remove_spools(directory, plan.manifest.inputs.size());
  std::filesystem::remove(directory / kLogFile, ignored);
  std::filesystem::remove(directory, ignored);
}

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

/// One process's share of a run: everything is made here, in the order in which it must go, and
/// lives until the run is left.
class RunSession {
 public:
  /// Both must outlive this.
  RunSession(RunPlan& plan, const SignalWatch& signals)
      : plan_(plan),
        signals_(signals),
        inputs_(open_run_inputs(plan_, signals_)),
        paths_(plan_.directory.log_paths(inputs_->format() == InputFormat::csv)),
        mapping_(compile_mapping()),
        state_(recover_state()),
        earlier_(state_, stored_summary(plan_.directory)),
        events_(EventLog::open(plan_.directory.file(kLogFile), plan_.common.log_level)),
        metrics_(plan_.run.metrics_file, events_) {}

  ExitCode run();

 private:
  Mapping compile_mapping() const;
  ResumeState recover_state() const;
  Intake::Options intake_options() const;
  RunLog::Options log_options() const;
  std::optional<SteadyPoint> deadline(Time& time) const;
  void write_manifest();
  void take_failure(const std::exception_ptr& failure, StopSignal& stop);
  void end_reading(const StopSignal& stop);
  void judge_end(StopSignal& stop);
  RunEnd end_of(const RunLog& log, const StopSignal& stop) const;
  ExitCode leave(const RunLog& log, const StopSignal& stop);

  asio::awaitable<void> prepare(DeliveryContext& context);
  asio::awaitable<void> deliver_all(IntakeThread& source, DeliveryContext& context);
  asio::awaitable<void> work(IntakeThread& source, DeliveryContext& context, ConnectionPool& pool);

  RunPlan& plan_;
  const SignalWatch& signals_;
  std::unique_ptr<InputSet> inputs_;
  DiskLog::Paths paths_;
  Mapping mapping_;
  ResumeState state_;
  EarlierProcesses earlier_;
  EventLog events_;
  MetricsFile metrics_;
  ServiceManager service_;
  /// Of the inputs as they are stored; taken before the reading thread has them.
  std::optional<std::uint64_t> bytes_total_ = inputs_->progress().bytes_total;
  bool has_begun_ = false;  ///< the manifest stands: the run can be resumed
  bool all_delivered_ = false;
  bool is_cut_short_ = false;  ///< a pipe, and nothing is told of its rest
};

Mapping RunSession::compile_mapping() const {
  auto mapping = Mapping::compile(plan_.settings.mapping, inputs_->columns());
  if (!mapping) {
    refuse(inputs_->inputs().front().path + " does not fit the config: " + mapping.error().message);
  }
  return *std::move(mapping);
}

ResumeState RunSession::recover_state() const {
  DiskFiles files(paths_);
  ResumeState state = recover(files);
  if (plan_.is_new && !state.is_fresh()) {
    refuse("The run directory " + plan_.directory.path().string() +
           " holds a results log but no run.json; restore that, or choose another --run-dir");
  }
  return state;
}

Intake::Options RunSession::intake_options() const {
  Intake::Options options;
  options.batch_records = plan_.settings.limits.batch_records;
  options.batch_bytes = plan_.settings.limits.batch_bytes;
  options.write = plan_.settings.mapping.write;
  options.limit = plan_.manifest.limit;
  return options;
}

RunLog::Options RunSession::log_options() const {
  RunLog::Options options;
  options.file_names = names_of_inputs(plan_);
  options.rejects = reject_format(*inputs_, plan_.settings.input);
  options.rejects.columns = inputs_->columns();
  options.rejects.card_like = Mapping::columns_of_card_like(plan_.settings.mapping);
  return options;
}

std::optional<SteadyPoint> RunSession::deadline(Time& time) const {
  if (!plan_.run.deadline) return std::nullopt;
  const Instant now = time.wall_now();
  return time.now() + (resolve(*plan_.run.deadline, now, *date::current_zone()) - now);
}

void RunSession::write_manifest() {
  if (plan_.is_new) plan_.manifest.inputs = inputs_->inputs();
  plan_.manifest.started.push_back(SystemTime().wall_now());
  // What an earlier process began can be resumed, whatever becomes of this note.
  has_begun_ = !plan_.is_new;
  plan_.directory.replace(kManifestFile, plan_.manifest.to_json());
  has_begun_ = true;
}

/// What must be known of the account before the first write.
asio::awaitable<void> RunSession::prepare(DeliveryContext& context) {
  AccountSurvey account =
      co_await run_preflight(plan_.settings, plan_.manifest, context.api, context.admission,
                             context.time, context.clock, context.stop, context.random);
  context.associations = std::move(account.associations);
  // What was sent already may have gone into another account.
  if (account.details && plan_.manifest.account.empty() && state_.is_fresh())
    plan_.manifest.account = account.details->portal_id;
}

asio::awaitable<void> RunSession::deliver_all(IntakeThread& source, DeliveryContext& context) {
  context.log.note_counters();
  PipelineLimits limits;
  limits.max_errors = plan_.run.max_errors;
  co_await run_pipeline(source, context, limits);
  all_delivered_ = context.source_ended && context.log.tally().pending() == 0;
}

asio::awaitable<void> RunSession::work(IntakeThread& source, DeliveryContext& context,
                                       ConnectionPool& pool) {
  const auto executor = co_await asio::this_coro::executor;
  Nursery asking(executor);
  Nursery watches(executor);
  watches.start(cancel_on_stop(context.stop, asking, events_, service_));
  if (const auto at = deadline(context.time)) watches.start(stop_at(*at, context));
  ProgressDisplay display(plan_.common.progress, context, source, bytes_total_);
  RunWatch watch{context, earlier_, source, display, metrics_, events_, service_, bytes_total_};
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
      co_await deliver_all(source, context);
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

  ConnectionPool pool(plan_.settings.hubspot, plan_.settings.retry, time, executor);
  Access access = open_access(plan_.settings, pool, time, executor);
  HubSpotClient client(plan_.settings.hubspot, pool.base_url().path, pool, *access.authorization);
  AdmissionOptions admission_options;
  admission_options.wait_for_midnight = plan_.run.wait;
  admission_options.budget = std::move(access.budget);
  Admission admission(plan_.settings.limits, time, executor, std::move(admission_options));
  DiskLog disk(paths_, plan_.settings.results.durability, executor);
  RunLog log(disk, time, log_options(), state_);
  HubSpotClock clock;
  StopSignal stop(executor);
  const SignalStop on_signal = stop_on_signal(signals_, stop, executor);
  Intake intake(*inputs_, std::move(mapping_), intake_options(), state_);
  std::optional<IntakeThread> source(std::in_place, intake, executor);
  const EndOfReading end_of_reading(*inputs_);

  RunFacts facts;
  facts.run_id = plan_.manifest.run_id;
  facts.has_run_property = tells_who_made_it(plan_.settings.mapping);
  facts.started = plan_.manifest.started.empty() ? time.wall_now() : plan_.manifest.started.front();
  const std::vector<AssociationRule>& associations = plan_.settings.mapping.associations;
  DeliveryContext delivery{.settings = plan_.settings,
                           .run = facts,
                           .api = client,
                           .admission = admission,
                           .log = log,
                           .time = time,
                           .clock = clock,
                           .stop = stop,
                           .random = random,
                           .associations = associations,
                           .targets = AssociationTargets(associations, executor),
                           .keys_in_flight = KeysInFlight(executor),
                           .changed = Event(executor)};
  delivery.events.add(events_);
  delivery.events.add(metrics_.requests());
  events_.run_begins(facts.run_id, plan_.manifest.inputs.size(), plan_.is_new);
  events_.recovered(state_);

  std::exception_ptr failure;
  asio::co_spawn(context, work(*source, delivery, pool),
                 [&failure](std::exception_ptr error) { failure = std::move(error); });
  context.run();
  if (failure) take_failure(failure, stop);

  end_reading(stop);
  source.reset();
  judge_end(stop);
  return leave(log, stop);
}

/// A pipe that a signal has not ended brings its rest, so that a resumed run has it.
void RunSession::end_reading(const StopSignal& stop) {
  const bool keeps_rest = stop.requested() && has_begun_;
  const bool kept = inputs_->wait_until_kept(keeps_rest ? kKeepPipeFor : std::chrono::seconds(0));
  inputs_->stop();
  is_cut_short_ = keeps_rest && !kept;
}

/// A signal may have come when all seemed to be done, and tells then that it was not.
void RunSession::judge_end(StopSignal& stop) {
  if (!signals_.asked().stop_requested()) return;
  if (inputs_->is_end_doubted()) {
    all_delivered_ = false;
    is_cut_short_ = true;
  }
  stop_as_asked(signals_, stop);
}

/// Once records may have been sent, whatever goes wrong is a stop that can be resumed.
void RunSession::take_failure(const std::exception_ptr& failure, StopSignal& stop) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& error) {
    if (!has_begun_) throw;
    const std::string text = failure_text(error);
    events_.failed(text);
    all_delivered_ = false;
    stop.request(StopReason::failed, text);
  }
}

RunEnd RunSession::end_of(const RunLog& log, const StopSignal& stop) const {
  RunEnd end;
  end.run_id = plan_.manifest.run_id;
  end.done = earlier_.with(log.tally(), log.settled_here());
  end.counters = log.counters_now();
  end.stop = stop.reason();
  end.stopped = stop.text();
  if (const auto& broken = inputs_->broken()) end.input_broken = broken->message;
  end.all_delivered = all_delivered_;
  end.is_cut_short = is_cut_short_;
  return end;
}

ExitCode RunSession::leave(const RunLog& log, const StopSignal& stop) {
  if (!has_begun_) {
    throw CommandFailure(code_of(stop.reason()), stop.text());
  }
  const Summary summary = summarise(end_of(log, stop));
  auto code = static_cast<ExitCode>(summary.exit_code);
  try {
    plan_.directory.replace(kSummaryFile, summary.to_json());
  } catch (const DiskFailure& error) {
    tell(std::string("payferry: ") + error.what());
    code = ExitCode::stopped;
  }
  events_.run_left(summary);
  metrics_.finish(summary, SystemTime().wall_now());
  service_.status(summary.complete ? "complete" : "stopped; payferry resume goes on");
  print(closing_text(summary, plan_.directory.path(), inputs_->format() == InputFormat::csv));
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

ExitCode carry_out(RunPlan plan) {
  const SignalWatch signals;
  if (const auto code = leave_complete(plan, signals)) return *code;
  refuse_undone(plan);
  try {
    return work_on(plan, signals);
  } catch (...) {
    remove_unbegun(plan);
    throw;
  }
}

}  // namespace payferry
