#include "loader/run/recovery.hpp"

#include <algorithm>

#include "loader/run/counters_fold.hpp"
#include "loader/run/disk_failure.hpp"
#include "loader/run/outcome_line.hpp"

namespace payferry {

namespace {

std::uint64_t& bytes_of(CheckpointLine& line, LogFile file) {
  return line.bytes[static_cast<std::size_t>(file)];
}

[[noreturn]] void damaged(const RunFiles& files, LogFile file, std::uint64_t offset) {
  throw DamagedRun(
      files.name(file) + " is damaged at byte " + std::to_string(offset) +
      ": that line was not written by payferry. Restore the file from a copy; nothing was sent");
}

AttemptLine read_attempt(std::string_view line, const RunFiles& files, std::uint64_t offset) {
  auto parsed = parse_attempt_line(line);
  if (!parsed) damaged(files, LogFile::attempts, offset);
  return *std::move(parsed);
}

CheckpointLine last_checkpoint(RunFiles& files) {
  constexpr std::string_view kCheckpoint = R"({"event":"checkpoint")";
  std::string last;
  std::uint64_t last_offset = 0;
  const std::uint64_t whole =
      files.read_lines(LogFile::attempts, 0, [&](std::string_view line, std::uint64_t offset) {
        if (!line.starts_with(kCheckpoint)) return;
        last = line;
        last_offset = offset;
      });
  files.cut_off(LogFile::attempts, whole);
  CheckpointLine start;
  start.next = RecordNumber(1);
  if (!last.empty()) start = std::get<CheckpointLine>(read_attempt(last, files, last_offset));
  return start;
}

SendTime send_time_of(const SendLine& line) {
  SendTime sent(line.at);
  sent.by_earlier_process = true;
  sent.by_hubspots_clock = line.by_hubspots_clock;
  return sent;
}

void note_send(ResumeState& state, const SendLine& line) {
  state.last_batch = std::max(state.last_batch, line.batch);
  for (const RecordRange& range : line.records) {
    for (RecordNumber record = range.first; record <= range.last; record = record.next()) {
      if (record < state.start.next || state.settled.contains(record)) continue;
      RecordInDoubt& doubt = state.in_doubt[record];
      doubt.sent.last = send_time_of(line);
      if (doubt.attempts++ == 0) doubt.sent.first = doubt.sent.last;
    }
  }
}

/// The send that this answer belongs to proved harmless: its records are as they were before it.
void take_back(ResumeState& state, const SendLine& line) {
  for (const RecordRange& range : line.records) {
    for (RecordNumber record = range.first; record <= range.last; record = record.next()) {
      const auto doubt = state.in_doubt.find(record);
      if (doubt != state.in_doubt.end() && --doubt->second.attempts == 0)
        state.in_doubt.erase(doubt);
    }
  }
}

void read_outcomes(ResumeState& state, RunFiles& files) {
  const std::uint64_t from = bytes_of(state.start, LogFile::outcomes);
  if (files.size(LogFile::outcomes) < from)
    damaged(files, LogFile::outcomes, files.size(LogFile::outcomes));
  const std::uint64_t whole =
      files.read_lines(LogFile::outcomes, from, [&](std::string_view line, std::uint64_t offset) {
        auto parsed = parse_outcome_line(line);
        if (!parsed) damaged(files, LogFile::outcomes, offset);
        if (parsed->outcome.record < state.start.next) return;
        SettledRecord settled;
        settled.status = parsed->outcome.status;
        settled.first_record = parsed->outcome.refusal->first_record;
        settled.lacks_association = lacks_association(parsed->outcome);
        if (!is_loaded(settled.status))
          settled.message = std::move(parsed->outcome.refusal->message);
        state.settled.insert_or_assign(parsed->outcome.record, std::move(settled));
      });
  files.cut_off(LogFile::outcomes, whole);
}

bool is_in_doubt(const ResumeState& state, const RecordRange& range) {
  for (RecordNumber record = range.first; record <= range.last; record = record.next())
    if (!state.in_doubt.contains(record)) return false;
  return true;
}

/// What all of a request's records being in doubt tells already need not be told again.
void note_cut_sends(ResumeState& state, const std::vector<SendLine>& cut) {
  for (const SendLine& send : cut) {
    const bool is_told = std::all_of(send.records.begin(), send.records.end(),
                                     [&](const auto& range) { return is_in_doubt(state, range); });
    if (!is_told) state.last_cut_send = std::max(state.last_cut_send, std::optional(send.at));
  }
}

void read_attempts(ResumeState& state, const RunFiles& files) {
  std::unordered_map<BatchNumber, SendLine> unanswered;
  std::vector<SendLine> cut;
  CountersFold counted;
  const std::uint64_t from = bytes_of(state.start, LogFile::attempts);
  files.read_lines(LogFile::attempts, from, [&](std::string_view text, std::uint64_t offset) {
    AttemptLine line = read_attempt(text, files, offset);
    counted.take(line);
    if (const auto* send = std::get_if<SendLine>(&line)) {
      note_send(state, *send);
      unanswered.insert_or_assign(send->batch, *send);
    } else if (const auto* answer = std::get_if<AnswerLine>(&line)) {
      const auto answered = unanswered.extract(answer->batch);
      if (answered.empty()) return;
      if (answer->none_written) {
        take_back(state, answered.mapped());
      } else if (answer->http == 0) {
        cut.push_back(std::move(answered.mapped()));
      }
    }
  });
  for (auto& [batch, send] : unanswered) cut.push_back(std::move(send));
  note_cut_sends(state, cut);
  state.counters = counted.counters();
}

}  // namespace

RecordNumber ResumeState::last_known() const {
  RecordNumber last;
  for (const auto& [record, ignored] : settled) last = std::max(last, record);
  for (const auto& [record, ignored] : in_doubt) last = std::max(last, record);
  return last;
}

std::optional<Instant> ResumeState::last_open_send() const {
  std::optional<Instant> last = last_cut_send;
  for (const auto& [record, doubt] : in_doubt)
    last = std::max(last, std::optional(doubt.sent.last.at));
  return last;
}

ResumeState recover(RunFiles& files) {
  ResumeState state;
  state.start = last_checkpoint(files);
  state.last_cut_send = state.start.last_cut_send;
  read_outcomes(state, files);
  read_attempts(state, files);
  for (const LogFile file : {LogFile::rejects, LogFile::unknown}) {
    if (files.size(file) < bytes_of(state.start, file)) damaged(files, file, files.size(file));
    files.cut_off(file, bytes_of(state.start, file));
  }
  // Before anything is built upon them: they may come from a process that ended by a failed flush.
  for (const LogFile file : {LogFile::outcomes, LogFile::attempts})
    files.write_again(file, bytes_of(state.start, file));
  return state;
}

}  // namespace payferry
