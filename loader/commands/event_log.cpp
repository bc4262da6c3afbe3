#include "loader/commands/event_log.hpp"

#include <spdlog/sinks/rotating_file_sink.h>

#include <chrono>

#include "config/version.hpp"
#include "model/clean_text.hpp"
#include "model/counted.hpp"

namespace payferry {

namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using Level = spdlog::level::level_enum;

constexpr std::size_t kMaxBytes = 16 * 1024 * 1024;
constexpr std::size_t kMaxFiles = 3;

std::string_view name_of(StopReason reason) {
  switch (reason) {
    case StopReason::none:
      return "none";
    case StopReason::interrupted:
      return "interrupted";
    case StopReason::deadline:
      return "deadline";
    case StopReason::daily_quota:
      return "daily quota";
    case StopReason::outage:
      return "outage";
    case StopReason::max_errors:
      return "max errors";
    case StopReason::token_refused:
      return "token refused";
    case StopReason::scope_missing:
      return "scope missing";
    case StopReason::unusable:
      return "unusable";
    case StopReason::disk:
      return "disk";
    case StopReason::failed:
      return "failed";
  }
  return "none";
}

std::string_view meaning_of(const RequestEnd& request) {
  switch (request.verdict.reaction) {
    case Reaction::none:
      return request.in_doubt > 0 ? "not told of every record" : "done";
    case Reaction::retry:
      return request.answer.reach == Reach::answered ? "server fault" : "cut off";
    case Reaction::throttled:
      return request.verdict.throttle == ThrottlePolicy::daily ? "throttled, the day's requests"
             : request.verdict.throttle == ThrottlePolicy::secondly
                 ? "throttled, the second's requests"
                 : "throttled, the window's requests";
    case Reaction::locked:
      return "locked";
    case Reaction::moving:
      return "the account is moved to another data centre";
    case Reaction::isolate:
      return "refused whole, the record at fault is looked for";
    case Reaction::refresh:
      return "token expired";
    case Reaction::stop:
      return "refused, nothing can succeed";
  }
  return "done";
}

Level level_of(const RequestEnd& request) {
  if (request.verdict.reaction == Reaction::stop) return Level::err;
  if (request.verdict.reaction == Reaction::isolate) return Level::info;
  if (request.verdict.reaction != Reaction::none || request.in_doubt > 0) return Level::warn;
  return request.attempt == 0 ? Level::info : Level::debug;
}

std::string what_came(const Answer& answer) {
  if (answer.reach != Reach::answered) return clean_text(answer.failure, 200);
  const auto took = duration_cast<milliseconds>(answer.received_at - answer.sent_at).count();
  std::string text =
      "HTTP " + std::to_string(answer.status) + " in " + std::to_string(took) + " ms";
  if (!answer.correlation_id.empty())
    text += ", correlation id " + clean_text(answer.correlation_id, 80);
  return text;
}

std::string codes_of(const Refusal& whole) {
  std::string text;
  for (const std::string* part : {&whole.category, &whole.code})
    if (!part->empty()) text += ", " + clean_text(*part, 80);
  return text;
}

std::string head_of(const RequestEnd& request) {
  const std::string batch = "batch " + std::to_string(request.batch.value());
  const std::string records = counted(request.records, "record");
  if (request.attempt == 0) return batch + " look-up of " + records;
  return batch + " attempt " + std::to_string(request.attempt) + " of " + records;
}

std::string details_of(const RequestEnd& request) {
  std::string text;
  if (request.in_doubt > 0) text += ", in doubt " + std::to_string(request.in_doubt);
  if (request.attempt == 0 && request.verdict.reaction == Reaction::none) {
    text +=
        ", found " + std::to_string(request.found) + ", missing " + std::to_string(request.missing);
  }
  return text;
}

std::string_view meaning_of(WaitReason reason) {
  switch (reason) {
    case WaitReason::retry:
      return "before it tries again";
    case WaitReason::look_up:
      return "before it is looked up: HubSpot may be at work on it, or not show it yet";
    case WaitReason::same_keys:
      return "before it is sent: until then a request of which no answer came may write rows with "
             "the same keys";
  }
  return "";
}

std::string_view standing_of(const UndoEnd& end) {
  if (!end.stopped.empty()) return "stopped";
  return is_all_archived(end) ? "all archived" : "not all archived";
}

}  // namespace

EventLog EventLog::open(const std::filesystem::path& file, LogLevel level) {
  auto sink =
      std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file.string(), kMaxBytes, kMaxFiles);
  auto logger = std::make_shared<spdlog::logger>("payferry", std::move(sink));
  logger->set_level(static_cast<Level>(level));
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
  logger->flush_on(Level::info);
  return EventLog(std::move(logger));
}

void EventLog::run_begins(std::string_view run_id, std::size_t inputs, bool is_new) {
  logger_->info("payferry {} {} run {}, {}", version(), is_new ? "begins" : "goes on with", run_id,
                counted(inputs, "input"));
}

void EventLog::recovered(const ResumeState& state) {
  if (state.is_fresh()) return;
  logger_->info("recovered: reads on from record {}, {} settled behind it, {} in doubt",
                state.start.next.value(), state.settled.size(), state.in_doubt.size());
}

void EventLog::progress(const std::string& line) {
  logger_->info("progress: {}", line);
}

void EventLog::waits(const std::string& why) {
  logger_->warn("wait: {}", why);
}

/// The sentence of an unusable config may quote what HubSpot said of a value.
void EventLog::stop_asked(const StopSignal& stop) {
  logger_->warn("stop: {}", name_of(stop.reason()));
  const bool may_quote = stop.reason() == StopReason::unusable;
  logger_->log(may_quote ? Level::debug : Level::warn, "stop: {}", clean_text(stop.text()));
}

void EventLog::run_left(const Summary& summary) {
  const Tally& tally = summary.tally;
  const Counters& counters = summary.counters;
  logger_->log(summary.books_balance() ? Level::info : Level::err,
               "end: {}, exit code {}, {} {}, {} loaded, {} refused, {} unknown, {} pending, "
               "{} {}, {} {}, {} throttled, books {}",
               summary.complete ? "complete" : "not complete", summary.exit_code, tally.records,
               word_for(tally.records, "record"), tally.loaded(), tally.refused(), tally.unknown,
               tally.pending(), counters.requests, word_for(counters.requests, "request"),
               counters.retries, word_for(counters.retries, "retry", "retries"), counters.throttled,
               summary.books_balance() ? "balance" : "DO NOT BALANCE");
  if (tally.lacking_association > 0) {
    logger_->warn("{} {} loaded without an association that the source names",
                  tally.lacking_association,
                  word_for(tally.lacking_association, "record is", "records are"));
  }
}

void EventLog::failed(std::string_view what) {
  logger_->error("failed: {}", clean_text(what));
}

void EventLog::undo_begins(std::string_view run_id, const UndoEnd& before) {
  logger_->info("payferry {} undoes run {}: {} created, {} dealt with before, {} in doubt",
                version(), run_id, before.created.created, before.counts.total(), before.in_doubt);
}

void EventLog::undo_left(const UndoEnd& end, int exit_code) {
  logger_->log(is_all_archived(end) ? Level::info : Level::warn,
               "undo end: {}, exit code {}, {} created, {} archived, {} refused, {} without id, {} "
               "unknown, {} in doubt",
               standing_of(end), exit_code, end.created.created, end.counts.archived,
               end.counts.refused, end.counts.without_id, end.created.unknown, end.in_doubt);
}

void EventLog::undo_declined() {
  logger_->info("undo end: not agreed to, nothing was archived");
}

void EventLog::sending(BatchNumber batch, std::uint32_t attempt, std::size_t records) {
  logger_->debug("batch {} attempt {} of {}: sent", batch.value(), attempt,
                 counted(records, "record"));
}

void EventLog::ended(const RequestEnd& request) {
  note_outage(request);
  const Level level = level_of(request);
  if (logger_->should_log(level)) {
    logger_->log(level, "{}: {}; {}{}{}", head_of(request), meaning_of(request),
                 what_came(request.answer), codes_of(request.verdict.whole), details_of(request));
  }
  if (!request.verdict.whole.message.empty())
    logger_->debug("batch {}: HubSpot says: {}", request.batch.value(),
                   clean_text(request.verdict.whole.message));
}

void EventLog::held(SteadyDuration pause) {
  logger_->info(
      "nothing is sent for {} ms: until then a request of an earlier process, of which no "
      "answer came, may write earlier rows of the same keys",
      duration_cast<milliseconds>(pause).count());
}

void EventLog::waits(BatchNumber batch, SteadyDuration pause, WaitReason reason) {
  logger_->info("batch {} waits {} ms {}", batch.value(),
                duration_cast<milliseconds>(pause).count(), meaning_of(reason));
}

void EventLog::note_outage(const RequestEnd& request) {
  const bool works = request.answer.reach == Reach::answered &&
                     request.verdict.reaction != Reaction::retry &&
                     request.verdict.reaction != Reaction::locked;
  if (!outage_ && request.probe && !works) {
    outage_ = true;
    logger_->warn("outage: HubSpot fails, it is asked now and then");
  } else if (outage_ && works) {
    outage_ = false;
    logger_->info("outage over: HubSpot answers again");
  }
}

}  // namespace payferry
