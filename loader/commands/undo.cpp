#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "loader/commands/account_guard.hpp"
#include "loader/commands/commands.hpp"
#include "loader/commands/doubts_of_run.hpp"
#include "loader/commands/event_log.hpp"
#include "loader/commands/failure_text.hpp"
#include "loader/commands/hubspot_session.hpp"
#include "loader/commands/run_plan.hpp"
#include "loader/commands/run_source.hpp"
#include "loader/commands/signals.hpp"
#include "loader/commands/stop_code.hpp"
#include "loader/commands/tell.hpp"
#include "loader/commands/typed_answer.hpp"
#include "loader/run/disk_failure.hpp"
#include "loader/run/line_file.hpp"
#include "loader/undo/doubts.hpp"
#include "loader/undo/undo_text.hpp"
#include "loader/undo/undoer.hpp"
#include "model/account.hpp"
#include "model/counted.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

constexpr const char* kNothingArchived = "Nothing was archived";

CreatedRecord to_journal(const DoubtfulRecord& doubtful) {
  CreatedRecord record;
  record.record = doubtful.record;
  record.line = doubtful.position.line;
  record.key = doubtful.key;
  record.id = doubtful.id;
  return record;
}

/// Of one that was not stopped.
ExitCode exit_code_of(const UndoEnd& end) {
  return is_all_archived(end) ? ExitCode::all_loaded : ExitCode::some_refused;
}

class UndoCommand {
 public:
  /// `signals` must outlive this.
  UndoCommand(const UndoOptions& options, const SignalWatch& signals);

  ExitCode run();

 private:
  bool has_consent(StopSignal& stop) const;
  bool archive(HubSpotSession& session);
  asio::awaitable<void> prepare(HubSpotSession& session);
  asio::awaitable<void> learn_account(HubSpotSession& session);
  asio::awaitable<void> settle_doubts(CallContext& calls);
  bool is_all_dealt_with() const;
  asio::awaitable<void> work(HubSpotSession& session);
  std::string progress(HubSpotSession& session, std::size_t width) const;
  UndoEnd end_here(const std::string& stopped) const;
  [[noreturn]] void leave_without_consent(const StopSignal& stop, EventLog& events) const;
  ExitCode leave(const StopSignal& stop, EventLog& events) const;
  void tell_end(const UndoEnd& end) const;

  const SignalWatch& signals_;
  RunPlan plan_;
  bool consents_;
  UndoState state_;
  CreatedCount created_;
  std::vector<DoubtfulRecord> doubtful_;
  std::string account_;
  std::optional<UndoJournal> journal_;
  SteadyPoint begun_{};
  bool is_complete_ = false;
};

UndoCommand::UndoCommand(const UndoOptions& options, const SignalWatch& signals)
    : signals_(signals),
      plan_(plan_of_run(options.common, options.run_dir)),
      consents_(options.yes),
      state_(read_undo(plan_.directory.file(kUndoFile))),
      created_(count_created(plan_.directory.file(kOutcomesFile))) {
  if (!state_.complete) doubtful_ = doubts_of_run(plan_);
}

/// The first question is whether HubSpot is there and takes the token.
asio::awaitable<void> UndoCommand::learn_account(HubSpotSession& session) {
  const ApiCall properties(Endpoint::properties, "");
  const std::optional<Answer> answer = co_await session.asker().ask(properties);
  if (!answer) co_return;
  const auto account = co_await ask_account(session, plan_.manifest);
  if (account) {
    account_ = account->portal_id;
  } else if (!plan_.manifest.account.empty()) {
    session.stop().request(
        StopReason::unusable,
        "HubSpot does not tell which account the token is of, and this run was made in the "
        "account " +
            plan_.manifest.account +
            ": try again, or give a token that may read the account's details");
  }
}

/// What the run made without having noted it is found before anything is archived.
asio::awaitable<void> UndoCommand::settle_doubts(CallContext& calls) {
  if (doubtful_.empty() || plan_.settings.mapping.id_property.empty()) co_return;
  const auto path = plan_.directory.file(kOutcomesFile);
  cut_off(path, created_.bytes);
  AppendFile outcomes(path);
  DoubtSettler::Options options;
  options.run =
      facts_of_run(plan_.settings.mapping, plan_.manifest.run_id, plan_.manifest.started.front());
  options.file_names = names_of_inputs(plan_);
  DoubtSettler settler(calls, std::move(doubtful_), outcomes, std::move(options));
  const CrewLimits limits;
  co_await run_batches(calls, settler, limits);
  doubtful_ = settler.left();
  created_ = count_created(path);
}

asio::awaitable<void> UndoCommand::prepare(HubSpotSession& session) {
  CallContext& calls = session.calls();
  co_await run_batch(calls, learn_account(session));
  if (!calls.stop.requested()) co_await settle_doubts(calls);
}

/// False also where a signal ends the question: then a stop is asked for.
bool UndoCommand::has_consent(StopSignal& stop) const {
  if (consents_) return true;
  UndoPlan plan;
  plan.records = created_.created - state_.counts.total();
  plan.object = plan_.settings.hubspot.object;
  plan.run_id = plan_.manifest.run_id;
  plan.account = account_;
  plan.base_url = plan_.settings.hubspot.base_url;
  std::cerr << undo_question(plan) << std::flush;
  const std::optional<std::string> answer = typed_answer(signals_);
  if (answer) return means_yes(*answer);
  std::cerr << '\n';
  stop_as_asked(signals_, stop);
  return false;
}

/// A stop during the last request leaves nothing to go on with.
bool UndoCommand::is_all_dealt_with() const {
  return journal_->counts().total() == created_.created;
}

asio::awaitable<void> UndoCommand::work(HubSpotSession& session) {
  CallContext& calls = session.calls();
  journal_.emplace(plan_.directory.file(kUndoFile), plan_.settings.results.durability, state_);
  UndoJournal::Heading heading;
  heading.run_id = plan_.manifest.run_id;
  heading.object = plan_.settings.hubspot.object;
  heading.account = account_;
  heading.created = created_.created;
  journal_->begin(heading, session.time().wall_now());
  begun_ = session.time().now();
  CreatedRecords records(plan_.directory.file(kOutcomesFile), state_);
  Undoer undoer(calls, records, *journal_);
  const CrewLimits limits;
  co_await run_batches(calls, undoer, limits);
  if (calls.stop.requested() && !is_all_dealt_with()) co_return;
  const Instant now = session.time().wall_now();
  for (const DoubtfulRecord& record : doubtful_) journal_->note_in_doubt(to_journal(record), now);
  journal_->complete(doubtful_.size(), now);
  is_complete_ = true;
}

std::string UndoCommand::progress(HubSpotSession& session, std::size_t width) const {
  WorkFacts facts;
  facts.what = "archived";
  facts.of = created_.created;
  if (journal_) {
    facts.done = journal_->counts().total();
    facts.found = journal_->counts().left();
    const std::chrono::duration<double> seconds = session.time().now() - begun_;
    const std::uint64_t now_done = facts.done - state_.counts.total();
    if (seconds.count() > 0) facts.rate = static_cast<double>(now_done) / seconds.count();
  }
  facts.in_flight = session.calls().in_flight;
  facts.waiting_for_hubspot = session.admission().snapshot().circuit_open;
  facts.stopping = session.stop().requested();
  return work_line(facts, width);
}

UndoEnd UndoCommand::end_here(const std::string& stopped) const {
  UndoEnd end;
  end.created = created_;
  end.counts = journal_ ? journal_->counts() : state_.counts;
  end.in_doubt = state_.complete ? state_.in_doubt : doubtful_.size();
  end.stopped = stopped;
  return end;
}

void UndoCommand::leave_without_consent(const StopSignal& stop, EventLog& events) const {
  if (!stop.requested()) {
    events.undo_declined();
    throw CommandFailure(ExitCode::unusable, kNothingArchived);
  }
  const ExitCode code = code_of(stop.reason());
  events.undo_left(end_here(stop.text()), static_cast<int>(code));
  throw CommandFailure(code, stop.text() + ". " + kNothingArchived);
}

ExitCode UndoCommand::leave(const StopSignal& stop, EventLog& events) const {
  const UndoEnd end = end_here(is_complete_ ? "" : stop.text());
  const ExitCode code = end.stopped.empty() ? exit_code_of(end) : code_of(stop.reason());
  events.undo_left(end, static_cast<int>(code));
  // The same command would be refused again.
  if (!journal_ && code == ExitCode::unusable) throw CommandFailure(code, end.stopped);
  tell_end(end);
  return code;
}

/// What is archived counts, whoever reads of it.
void UndoCommand::tell_end(const UndoEnd& end) const {
  try {
    print_result(undo_text(end, plan_.directory.path()));
  } catch (const CommandFailure& failure) {
    tell(std::string("payferry: ") + failure.what());
  }
}

/// False where somebody was asked and did not agree.
bool UndoCommand::archive(HubSpotSession& session) {
  WorkDisplay display(plan_.common.progress, session.time(),
                      [this, &session](std::size_t width) { return progress(session, width); });
  session.run(prepare(session));
  if (session.stop().requested() || created_.created == 0) return true;
  if (!has_consent(session.stop())) return false;
  session.run(work(session), &display);
  return true;
}

ExitCode UndoCommand::run() {
  if (state_.complete || (created_.created == 0 && doubtful_.empty())) {
    const UndoEnd end = end_here("");
    tell_end(end);
    return exit_code_of(end);
  }
  if (!consents_ && ::isatty(STDIN_FILENO) != 1) {
    throw CommandFailure(ExitCode::unusable, "Nobody can be asked here whether to archive " +
                                                 counted(created_.created, "record") +
                                                 ": say so with --yes. " + kNothingArchived);
  }
  HubSpotSession session(plan_.settings, signals_);
  EventLog events = EventLog::open(plan_.directory.file(kLogFile), plan_.common.log_level);
  events.undo_begins(plan_.manifest.run_id, end_here(""));
  bool is_agreed = false;
  try {
    is_agreed = archive(session);
  } catch (const std::exception& failure) {
    events.failed(failure_text(failure));
    throw;
  }
  const StopSignal& stop = session.stop();
  if (stop.requested()) events.stop_asked(stop);
  if (!is_agreed) leave_without_consent(stop, events);
  return leave(stop, events);
}

/// To read a run may take long, and leaves nothing behind: a signal then ends the process at once.
UndoCommand read_run(const UndoOptions& options, const SignalWatch& signals) {
  const SignalStop at_once(signals.asked(), [&signals] {
    tell("payferry: " + signals.text() + ". " + kNothingArchived);
    std::_Exit(static_cast<int>(ExitCode::stopped));
  });
  return UndoCommand(options, signals);
}

}  // namespace

ExitCode run_undo(const UndoOptions& options) {
  const SignalWatch signals;
  try {
    return read_run(options, signals).run();
  } catch (const DiskFailure& failure) {
    throw CommandFailure(ExitCode::stopped, failure.what());
  }
}

}  // namespace payferry
