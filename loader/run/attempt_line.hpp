#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "loader/run/counters.hpp"
#include "loader/run/durable_log.hpp"
#include "loader/run/tally.hpp"
#include "model/ids.hpp"
#include "model/instant.hpp"
#include "model/record.hpp"
#include "model/send_time.hpp"

namespace payferry {

/// Records first to last, both included.
struct RecordRange {
  RecordNumber first;
  RecordNumber last;
  friend bool operator==(const RecordRange&, const RecordRange&) = default;
};

/// Lines of attempts.ndjson: what a resumed run must know, and cannot learn from the results log.

/// These records are about to be sent. Durable before the first byte goes out.
struct SendLine {
  BatchNumber batch;
  std::uint32_t attempt = 0;
  std::vector<RecordRange> records;
  /// When that was by HubSpot's clock, where anything was known of it.
  std::optional<MomentSpan> by_hubspots_clock;
  Instant at{};
};

/// What came of it. For people, since the outcomes are in the results log; but for `none_written`.
struct AnswerLine {
  BatchNumber batch;
  std::uint32_t attempt = 0;
  int http = 0;         ///< 0: no answer
  std::string failure;  ///< then why
  std::string correlation_id;
  bool none_written = false;  ///< HubSpot surely has none of these records (429, not sent, …)
  Instant at{};
};

/// All records before `next` have durable outcomes. A resumed run starts reading at `next`, and
/// reads the other files from `bytes` on: no line of a record from `next` on stands before that.
struct CheckpointLine {
  RecordNumber next;
  SourcePosition position;
  std::array<std::uint64_t, kLogFileCount> bytes{};
  Tally tally;  ///< of the records before `next`
  Counters counters;
  std::string input_broken;  ///< what broke in the source before `next`, as SourceBreak says it
  /// When a request was last sent, by then, of which no answer came: it may be at work longer than
  /// what it was to write is in doubt.
  std::optional<Instant> last_cut_send;
  std::optional<Instant> at;  ///< earlier versions did not write it
};

/// What the run did until now. Written when a process begins to deliver and when it leaves the run,
/// so that what was counted since the last checkpoint is not lost.
struct CountersLine {
  Counters counters;
  Instant at{};
};

using AttemptLine = std::variant<SendLine, AnswerLine, CheckpointLine, CountersLine>;

void append_line(std::string& out, const SendLine& line);
void append_line(std::string& out, const AnswerLine& line);
void append_line(std::string& out, const CheckpointLine& line);
void append_line(std::string& out, const CountersLine& line);

/// Nothing for a line that payferry cannot have written.
std::optional<AttemptLine> parse_attempt_line(std::string_view line);

}  // namespace payferry
