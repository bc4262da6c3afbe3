#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "loader/run/attempt_line.hpp"
#include "loader/run/durable_log.hpp"
#include "loader/run/final_outcome.hpp"
#include "loader/run/recovery.hpp"
#include "loader/run/reject_rows.hpp"
#include "model/answer.hpp"
#include "model/batch.hpp"
#include "net/time.hpp"

namespace payferry {

/// What is written of a run while it goes on: the journal of attempts, the results log, the
/// rejects, and the books that are kept of them. Outcomes count only once they are durable. Thread:
/// the network's.
class RunLog {
 public:
  struct Options {
    std::vector<std::string>
        file_names;  ///< by InputIndex, as outcome lines name them; empty: one input, not named
    RejectFormat rejects;
    std::uint64_t batches_per_checkpoint = 64;
  };

  /// `log` and `time` must outlive this.
  RunLog(DurableLog& log, Time& time, Options options, const ResumeState& state);

  /// The batch was taken from the source, in its order. Writes the outcomes of the records that
  /// need no sending.
  void open_batch(const Batch& batch);
  /// Returns when it is durable that the entries (by index) are about to be sent.
  boost::asio::awaitable<void> record_send(const Batch& batch, std::span<const std::size_t> entries,
                                           std::uint32_t attempt,
                                           std::optional<MomentSpan> by_hubspots_clock);
  void record_answer(const Batch& batch, std::uint32_t attempt, const Answer& answer,
                     bool none_written);
  /// Takes final outcomes of the batch's entries; their time is set here.
  void record_outcomes(const Batch& batch, const std::vector<FinalOutcome>& outcomes);
  /// All of the batch's records have outcomes: returns when these are durable.
  boost::asio::awaitable<void> close_batch(BatchNumber batch);
  /// By HubSpot id: the record of this run that was logged as its creator; RecordNumber() for none.
  /// Slow.
  boost::asio::awaitable<std::vector<RecordNumber>> find_creators(std::vector<std::string> ids);
  /// Notes what was counted until now, so that the next process goes on counting from there.
  void note_counters();
  /// Makes durable what is there; the run ends here, for this process.
  boost::asio::awaitable<void> finish();

  /// Books of all records of the run that were read so far.
  const Tally& tally() const { return tally_; }
  /// Of these, what got its outcome by this process; it counts nothing as read.
  const Tally& settled_here() const { return settled_here_; }
  /// Where what is done is counted; all but the time, which is counted here.
  Counters& counters() { return counters_; }
  /// With the time until now.
  Counters counters_now() const;
  /// From the first record that may still lack its outcome to the last one that was read.
  std::uint64_t records_open() const;
  /// Of the batches that lack outcomes, and of the rows for the files of rejects until these are
  /// durable.
  std::uint64_t bytes_open() const;

 private:
  struct OpenBatch {
    CheckpointLine start;
    Tally tally;
    std::size_t batch_bytes = 0;  ///< until it is closed
    /// Rows for the files of rejects, which are written in the order of the source: then a
    /// checkpoint can say how much of these files belongs to the records before it.
    std::string rejects;
    std::string unknown;
    bool closed = false;
  };

  void write_refused(const Batch& batch, OpenBatch& open);
  void count_settled_before(const SettledEntry& entry, OpenBatch& open);
  RecordIdentity identity_of(const SourcePosition& position, std::string_view key) const;
  void keep_reject(OpenBatch& open, OutcomeStatus status, std::string_view raw,
                   std::string_view message);
  void write_rejects(OpenBatch& open);
  void write_rows(LogFile file, std::string& rows);
  std::uint64_t bytes_of_rejects() const;
  CheckpointLine start_of(const Batch& batch) const;
  void fold_closed_batches();
  void write_checkpoint();

  DurableLog& log_;
  Time& time_;
  Options options_;
  RejectRows reject_rows_;
  std::map<BatchNumber, OpenBatch> open_;  ///< in the order of the source
  std::uint64_t batch_bytes_open_ = 0;
  std::uint64_t reject_bytes_held_ = 0;
  std::uint64_t reject_bytes_durable_;
  Tally before_open_;  ///< of the records before the first open batch
  /// Lines of records up to this one may stand anywhere behind these bytes: an earlier process
  /// wrote them.
  RecordNumber last_known_before_;
  std::array<std::uint64_t, kLogFileCount> known_before_from_{};
  std::uint64_t folded_since_checkpoint_ = 0;
  std::optional<Instant> last_cut_send_;
  Tally tally_;
  Tally settled_here_;
  Counters counters_;
  SteadyPoint begun_;
};

}  // namespace payferry
