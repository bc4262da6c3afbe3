#include <unistd.h>

#include <iostream>
#include <optional>
#include <string>
#include <utility>

#include "loader/calls/ask.hpp"
#include "loader/commands/commands.hpp"
#include "loader/commands/hubspot_session.hpp"
#include "loader/commands/run_plan.hpp"
#include "loader/commands/stop_code.hpp"
#include "loader/run/disk_failure.hpp"
#include "loader/run/disk_files.hpp"
#include "loader/run/recovery.hpp"
#include "loader/undo/undo_text.hpp"
#include "loader/undo/undoer.hpp"
#include "model/account.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

RunPlan plan_undo(const UndoOptions& options) {
  ResumeOptions resume;
  resume.common = options.common;
  resume.run_dir = options.run_dir;
  return plan_resume(resume);
}

/// To look where a run stands without repairing anything.
class UntouchedFiles final : public RunFiles {
 public:
  explicit UntouchedFiles(DiskLog::Paths paths) : files_(std::move(paths)) {}

  std::uint64_t size(LogFile file) const override { return files_.size(file); }
  std::uint64_t read_lines(LogFile file, std::uint64_t from, const OnLine& on_line) const override {
    return files_.read_lines(file, from, on_line);
  }
  void cut_off(LogFile, std::uint64_t) override {}
  std::string name(LogFile file) const override { return files_.name(file); }

 private:
  DiskFiles files_;
};

/// Records that were sent and have no outcome, since the run was broken off.
std::uint64_t count_in_doubt(const RunDirectory& directory) {
  const bool csv = !std::filesystem::exists(directory.file("rejects.ndjson"));
  UntouchedFiles files(directory.log_paths(csv));
  return recover(files).in_doubt.size();
}

bool says_yes() {
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "yes" || answer == "y" || answer == "YES";
}

class UndoCommand {
 public:
  explicit UndoCommand(const UndoOptions& options);

  ExitCode run();

 private:
  void ask_for_consent() const;
  asio::awaitable<void> learn_account(CallContext& calls);
  asio::awaitable<void> work(HubSpotSession& session);
  std::string progress(HubSpotSession& session, std::size_t width) const;
  ExitCode leave(const std::string& stopped, ExitCode stop_code) const;

  RunPlan plan_;
  bool consents_;
  UndoState state_;
  CreatedCount created_;
  std::uint64_t in_doubt_;
  std::string account_;
  std::optional<UndoJournal> journal_;
  SteadyPoint begun_{};
};

UndoCommand::UndoCommand(const UndoOptions& options)
    : plan_(plan_undo(options)),
      consents_(options.yes),
      state_(read_undo(plan_.directory.file(kUndoFile))),
      created_(count_created(plan_.directory.file(kOutcomesFile))),
      in_doubt_(count_in_doubt(plan_.directory)) {}

asio::awaitable<void> UndoCommand::learn_account(CallContext& calls) {
  const ApiCall details(Endpoint::account_details, "");
  const std::optional<Answer> account = co_await ask_once(calls, details);
  const auto known = account ? decode_account_details(account->body) : std::nullopt;
  if (!known) co_return;
  account_ = known->portal_id;
  if (auto midnights = midnights_in(known->time_zone)) calls.admission.set_midnights(*midnights);
}

void UndoCommand::ask_for_consent() const {
  if (consents_) return;
  UndoPlan plan;
  plan.records = created_.created - state_.counts.total();
  plan.object = plan_.settings.hubspot.object;
  plan.run_id = plan_.manifest.run_id;
  plan.account = account_;
  plan.base_url = plan_.settings.hubspot.base_url;
  std::cerr << undo_question(plan) << std::flush;
  if (!says_yes()) throw CommandFailure(ExitCode::unusable, "Nothing was archived");
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
  if (!calls.stop.requested()) journal_->complete(session.time().wall_now());
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

ExitCode UndoCommand::leave(const std::string& stopped, ExitCode stop_code) const {
  UndoEnd end;
  end.created = created_;
  end.counts = journal_ ? journal_->counts() : state_.counts;
  end.in_doubt = in_doubt_;
  end.stopped = stopped;
  std::cout << undo_text(end, plan_.directory.path()) << std::flush;
  if (!stopped.empty()) return stop_code;
  return is_all_archived(end) ? ExitCode::all_loaded : ExitCode::some_refused;
}

ExitCode UndoCommand::run() {
  if (state_.complete || created_.created == 0) return leave("", ExitCode::all_loaded);
  if (!consents_ && ::isatty(STDIN_FILENO) != 1) {
    throw CommandFailure(ExitCode::unusable,
                         "Nobody can be asked here whether to archive " +
                             std::to_string(created_.created) +
                             " records: say so with --yes. Nothing was archived");
  }
  HubSpotSession session(plan_.settings);
  session.run(run_batch(session.calls(), learn_account(session.calls())));
  ask_for_consent();
  WorkDisplay display(plan_.common.progress, session.time(),
                      [this, &session](std::size_t width) { return progress(session, width); });
  session.run(work(session), &display);
  return leave(session.stop().text(), code_of(session.stop().reason()));
}

}  // namespace

ExitCode run_undo(const UndoOptions& options) {
  try {
    return UndoCommand(options).run();
  } catch (const DiskFailure& failure) {
    throw CommandFailure(ExitCode::stopped, failure.what());
  }
}

}  // namespace payferry
