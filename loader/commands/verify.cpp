#include <iostream>
#include <optional>
#include <utility>

#include "loader/commands/account_guard.hpp"
#include "loader/commands/commands.hpp"
#include "loader/commands/hubspot_session.hpp"
#include "loader/commands/run_plan.hpp"
#include "loader/commands/run_source.hpp"
#include "loader/commands/signals.hpp"
#include "loader/commands/stop_code.hpp"
#include "loader/commands/tell.hpp"
#include "loader/report/summary.hpp"
#include "loader/run/disk_failure.hpp"
#include "loader/verify/superseded.hpp"
#include "loader/verify/verifier.hpp"
#include "loader/verify/verify_text.hpp"
#include "model/account.hpp"
#include "model/shell_word.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

/// The source must be the one that was loaded: another would differ in everything.
RunSource open_source(const RunPlan& plan) {
  auto source = open_run_source(plan);
  if (!source) throw CommandFailure(ExitCode::unusable, source.error());
  return *std::move(source);
}

std::uint64_t size_of(const std::filesystem::path& file) {
  std::error_code missing;
  const auto bytes = std::filesystem::file_size(file, missing);
  return missing ? 0 : bytes;
}

/// A load, resume or undo since then makes what was checked before worthless.
std::string basis_of(const RunDirectory& directory) {
  return std::to_string(size_of(directory.file(kOutcomesFile))) + "+" +
         std::to_string(size_of(directory.file(kUndoFile)));
}

/// Goes on with a verify that was stopped; begins anew where the last one was complete.
VerifyState state_to_go_on(const RunPlan& plan, Instant now) {
  VerifyState fresh;
  fresh.run_id = plan.manifest.run_id;
  fresh.started = now;
  fresh.basis = basis_of(plan.directory);
  const auto text = plan.directory.read(kVerifyFile);
  auto before = text ? VerifyState::parse(*text) : tl::unexpected(std::string());
  if (!before || before->complete || before->basis != fresh.basis ||
      before->run_id != fresh.run_id ||
      size_of(plan.directory.file(kFindingsFile)) < before->findings_bytes) {
    return fresh;
  }
  if (before->position.next > RecordNumber(1))
    std::cerr << "Going on at record " << before->position.next.value() << ".\n";
  return *std::move(before);
}

class VerifyCommand {
 public:
  explicit VerifyCommand(const VerifyOptions& options)
      : plan_(plan_of_run(options.common, options.run_dir)), source_(open_source(plan_)) {}

  ExitCode run();

 private:
  asio::awaitable<void> learn_schema(HubSpotSession& session);
  asio::awaitable<void> work(HubSpotSession& session);
  CheckSource open_check(const VerifyState& state);
  std::string trouble(const CheckSource& source) const;
  void finish(const CheckSource& source, const StopSignal& stop);
  std::string progress(HubSpotSession& session, std::size_t width) const;
  ExitCode leave(const StopSignal& stop) const;

  RunPlan plan_;
  RunSource source_;
  std::optional<PropertySchema> schema_;
  std::optional<VerifyLedger> ledger_;
  SteadyPoint begun_{};
  std::uint64_t checked_before_ = 0;
};

asio::awaitable<void> VerifyCommand::learn_schema(HubSpotSession& session) {
  const ApiCall properties(Endpoint::properties, "");
  const std::optional<Answer> answer = co_await session.asker().ask(properties);
  if (!answer) co_return;
  schema_ = decode_property_schema(answer->body);
  if (!schema_) {
    session.stop().request(
        StopReason::unusable,
        "What answers at base_url is not HubSpot: its list of properties cannot be read");
    co_return;
  }
  co_await ask_account(session, plan_.manifest);
}

// NOLINTNEXTLINE(readability-make-member-function-const): takes the mapping out of the source.
CheckSource VerifyCommand::open_check(const VerifyState& state) {
  CheckSource::Options options;
  options.id_property = source_.rules.id_property;
  options.run_property = source_.rules.run_property;
  options.limit = plan_.manifest.limit;
  OrderedOutcomes outcomes(plan_.directory.file(kOutcomesFile), state.position.next,
                           state.position.outcomes_bytes);
  return CheckSource(*source_.inputs, std::move(*source_.mapping), std::move(outcomes),
                     std::move(options), state.position);
}

asio::awaitable<void> VerifyCommand::work(HubSpotSession& session) {
  CallContext& calls = session.calls();
  co_await run_batch(calls, learn_schema(session));
  if (calls.stop.requested()) co_return;
  const RecordComparison comparison(source_.rules, *schema_);
  ledger_.emplace(plan_.directory, session.time(), state_to_go_on(plan_, session.time().wall_now()),
                  names_of_inputs(plan_));
  begun_ = session.time().now();
  checked_before_ = ledger_->state().checked();
  CheckSource source = open_check(ledger_->state());
  Verifier verifier(calls, source, comparison, *ledger_);
  const CrewLimits limits;
  co_await run_batches(calls, verifier, limits);
  ledger_->state().requests += calls.admission.snapshot().requests;
  finish(source, calls.stop);
}

/// Why what was compared is not all of the run.
std::string VerifyCommand::trouble(const CheckSource& source) const {
  if (const auto breaks = source_.inputs->breaks(); !breaks.empty()) return told({}, breaks);
  if (source.is_source_short())
    return "The source has fewer records than the results log; restore the file that was loaded.";
  if (source.is_run_incomplete()) {
    return "The run is not complete: what has an outcome was compared. Go on with the run first:\n"
           "  payferry resume " +
           shell_word(plan_.directory.path().string());
  }
  const auto text = plan_.directory.read(kSummaryFile);
  const auto summary = text ? Summary::parse(*text) : tl::unexpected(std::string());
  if (!summary || !summary->complete) return {};
  const Tally& source_now = ledger_->state().source;
  if (summary->tally.records == source_now.records &&
      summary->tally.loaded() == source_now.loaded()) {
    return {};
  }
  return "summary.json counts other records than the source and the results log do; one of them "
         "was changed since.";
}

void VerifyCommand::finish(const CheckSource& source, const StopSignal& stop) {
  VerifyState& state = ledger_->state();
  state.complete = !stop.requested();
  if (state.complete && source_.rules.write == WriteMode::upsert) {
    forgive_superseded(plan_.directory, source_.rules, state);
  }
  if (state.complete) state.trouble = trouble(source);
  const ExitCode at_the_end = state.agrees() ? ExitCode::all_loaded : ExitCode::some_refused;
  state.exit_code = static_cast<int>(stop.requested() ? code_of(stop.reason()) : at_the_end);
  ledger_->save();
}

std::string VerifyCommand::progress(HubSpotSession& session, std::size_t width) const {
  WorkFacts facts;
  facts.what = "checked";
  if (ledger_) {
    const VerifyState& state = ledger_->state();
    facts.done = state.checked();
    facts.found = facts.done - state.same;
    const std::chrono::duration<double> seconds = session.time().now() - begun_;
    if (seconds.count() > 0)
      facts.rate = static_cast<double>(facts.done - checked_before_) / seconds.count();
  }
  facts.in_flight = session.calls().in_flight;
  facts.waiting_for_hubspot = session.admission().snapshot().circuit_open;
  facts.stopping = session.stop().requested();
  return work_line(facts, width);
}

ExitCode VerifyCommand::leave(const StopSignal& stop) const {
  if (!ledger_) throw CommandFailure(code_of(stop.reason()), stop.text());
  VerifyEnd end;
  end.stopped = stop.text();
  end.undone = is_undone(plan_.directory.path());
  const VerifyState& state = ledger_->state();
  print_result(verify_text(state, end, plan_.directory.path()));
  return static_cast<ExitCode>(state.exit_code);
}

ExitCode VerifyCommand::run() {
  const SignalWatch signals;
  HubSpotSession session(plan_.settings, signals);
  WorkDisplay display(plan_.common.progress, session.time(),
                      [this, &session](std::size_t width) { return progress(session, width); });
  session.run(work(session), &display);
  return leave(session.stop());
}

}  // namespace

ExitCode run_verify(const VerifyOptions& options) {
  try {
    return VerifyCommand(options).run();
  } catch (const DiskFailure& failure) {
    throw CommandFailure(ExitCode::stopped, failure.what());
  }
}

}  // namespace payferry
