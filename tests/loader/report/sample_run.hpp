#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loader/report/summary.hpp"
#include "loader/run/attempt_line.hpp"
#include "loader/run/manifest.hpp"
#include "loader/source/temp_directory.hpp"
#include "model/outcome.hpp"

namespace payferry::test {

inline Instant second(int seconds) {
  return parse_iso8601("2026-11-23T10:00:00Z").value() + std::chrono::seconds(seconds);
}

/// A run directory as a run would leave it, made line by line.
class SampleRun {
 public:
  SampleRun() {
    manifest_.version = "0.1.0";
    manifest_.run_id = "20261123T100000Z-ab12cd34";
    manifest_.config.file_name = "payments.toml";
    manifest_.config.working_directory = "/home/ann";
    manifest_.config.toml =
        "[hubspot]\nid_property = \"hs_external_reference_id\"\n[limits]\nrequests = 50\n"
        "[properties]\nhs_external_reference_id = { from = \"id\" }\n"
        "hs_initial_amount = { from = \"amount\", type = \"decimal\" }\n"
        "hs_initiated_date = { from = \"created\", type = \"datetime\" }\n";
    InputInfo input;
    input.path = "/data/payments.csv";
    manifest_.inputs.push_back(input);
    manifest_.started.push_back(second(0));
  }

  Manifest& manifest() { return manifest_; }
  Summary& summary() { return summary_; }
  std::string path() const { return directory_.path().string(); }
  std::string file(const std::string& name) const { return directory_.file(name); }

  /// A batch that is sent at `at` and answered two seconds later.
  void send(std::uint64_t batch, std::uint64_t first, std::uint64_t last, int http, Instant at,
            std::uint32_t attempt = 1) {
    SendLine send;
    send.batch = BatchNumber(batch);
    send.attempt = attempt;
    send.records.push_back({RecordNumber(first), RecordNumber(last)});
    send.at = at;
    append_line(attempts_, send);
    AnswerLine answer;
    answer.batch = send.batch;
    answer.attempt = attempt;
    answer.http = http;
    if (http == 0) answer.failure = "the connection broke after 17 bytes";
    answer.at = at + std::chrono::seconds(2);
    append_line(attempts_, answer);
  }

  /// A record of 1.50 GBP. Its key is "k<record>", its line one behind its number.
  void settle(std::uint64_t record, OutcomeStatus status, Instant at, Refusal refusal = {}) {
    Outcome outcome;
    outcome.record = RecordNumber(record);
    outcome.status = status;
    outcome.refusal = std::move(refusal);
    outcome.at = at;
    const std::string key = "k" + std::to_string(record);
    RecordIdentity identity;
    identity.line = LineNumber(record + 1);
    identity.key = key;
    append_outcome_line(outcomes_, outcome, identity);
    const Currency pounds = Currency::parse("GBP").value();
    summary_.tally.count_read(pounds, Decimal(150, 2));
    summary_.tally.count_outcome(pounds, Decimal(150, 2), status);
  }

  void checkpoint(std::uint64_t next) {
    CheckpointLine line;
    line.next = RecordNumber(next);
    line.tally = summary_.tally;
    line.counters = {7, 0, 0, 0, std::chrono::milliseconds(4000)};
    append_line(attempts_, line);
  }

  std::string& outcomes() { return outcomes_; }
  std::string& attempts() { return attempts_; }

  void write(bool with_summary = true) {
    directory_.write("run.json", manifest_.to_json());
    directory_.write("outcomes.ndjson", outcomes_);
    directory_.write("attempts.ndjson", attempts_);
    summary_.run_id = manifest_.run_id;
    if (with_summary) directory_.write("summary.json", summary_.to_json());
  }

  static Refusal refusal(const std::string& code, const std::string& property,
                         const std::string& column, const std::string& message) {
    Refusal refusal;
    refusal.code = code;
    refusal.property = property;
    refusal.column = column;
    refusal.message = message;
    return refusal;
  }

 private:
  TempDirectory directory_;
  Manifest manifest_;
  Summary summary_;
  std::string outcomes_;
  std::string attempts_;
};

/// Eight records in one batch of ten seconds: five loaded, three refused for two reasons.
inline void fill(SampleRun& run) {
  run.send(1, 1, 4, 201, second(1));
  run.send(2, 5, 8, 0, second(4));
  run.send(2, 5, 8, 207, second(7), 2);
  for (std::uint64_t record = 1; record <= 4; ++record)
    run.settle(record, OutcomeStatus::created, second(3));
  run.settle(5, OutcomeStatus::existing, second(9));
  const Refusal amount = SampleRun::refusal("INVALID_DECIMAL", "hs_initial_amount", "amount",
                                            "\"12,5O\" is not a decimal number");
  run.settle(6, OutcomeStatus::invalid, second(9), amount);
  run.settle(7, OutcomeStatus::invalid, second(9), amount);
  run.settle(8, OutcomeStatus::rejected, second(9),
             SampleRun::refusal("INVALID_OPTION", "hs_latest_status", "",
                                "<b>paid</b> & \"more\" is no option"));
  run.summary().complete = true;
  run.summary().exit_code = 1;
  run.summary().counters = {9, 1, 0, 4, std::chrono::milliseconds(10'000)};
}

}  // namespace payferry::test
