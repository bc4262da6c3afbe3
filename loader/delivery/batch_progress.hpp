#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "loader/delivery/origin.hpp"
#include "loader/run/final_outcome.hpp"
#include "model/batch.hpp"
#include "model/classify.hpp"
#include "model/mapping_rules.hpp"
#include "model/rare.hpp"

namespace payferry {

/// What a look-up told of one record.
struct LookUpResult {
  enum class Kind {
    found,     ///< `record` and whose it is: `origin`, one of the first three
    missing,   ///< HubSpot does not have it
    not_told,  ///< the answer did not say
  };
  Kind kind = Kind::not_told;
  FoundRecord record;
  Origin origin = Origin::before;
  std::optional<RecordNumber> first_record;  ///< of other_row, where known
};

/// A batch's way from waiting to outcomes, without I/O: what is to be done next, and what an answer
/// makes of it. Every entry is in one place at any time: in a portion to be sent, to be looked up,
/// or final.
class BatchProgress {
 public:
  struct Options {
    WriteMode write = WriteMode::create;
    bool has_key = true;
    std::string id_property;
    bool reject_existing = false;
    /// So often this process sends a record of which HubSpot leaves open what became of it.
    std::uint32_t most_sends = 8;
  };

  enum class StepKind {
    send,
    look_up,         ///< by our key
    look_up_holder,  ///< by the id of the record that HubSpot says holds our key
    finished,
  };
  struct Step {
    StepKind kind = StepKind::finished;
    std::vector<std::size_t> entries;  ///< of the batch, in its order
  };

  /// `batch` must outlive this. Entries that an earlier process sent are in doubt from the start.
  BatchProgress(const Batch& batch, Options options);

  /// The entry names a record that HubSpot does not have: it is not sent any more, and rejected
  /// with this, unless an earlier process has sent it and HubSpot has it.
  void must_not_be_sent(std::size_t entry, Refusal refusal);
  /// The entry is sent without an association: its outcome says so, if it is this run that wrote
  /// it.
  void lacks_association(std::size_t entry, Refusal refusal);

  /// Outcomes that need no step: what an earlier process sent and cannot be told without a key, and
  /// what must not be sent. Before the first step.
  std::vector<FinalOutcome> initial_outcomes();

  /// The next thing to do. Its result must be told before the next call.
  Step next();

  /// The entries of the step were sent and this came of it.
  std::vector<FinalOutcome> take_verdict(const Step& step, Verdict verdict, const Answer& answer);

  /// No request was sent for this step after all.
  void put_back(Step step);

  /// The answer could not be trusted for so many at once (contract §1.6): they are asked about in
  /// halves.
  void ask_in_halves(Step step);

  /// Results by place in `step.entries`.
  std::vector<FinalOutcome> take_look_up(const Step& step, std::span<const LookUpResult> results,
                                         int http);

  std::uint32_t attempts(std::size_t entry) const { return states_[entry].attempts; }
  /// How often entries of the step were sent before, at most, and left open.
  std::uint32_t vain_sends(const Step& step) const;
  /// A record was sent most_sends times, and HubSpot still does not tell: the run is to stop.
  bool has_given_up() const { return has_given_up_; }
  /// When this run sent the entry in a way that may have made it; nothing if it never did.
  const std::optional<SendTimes>& sent(std::size_t entry) const { return trouble(entry).sent; }
  /// What a refused create named as the holder of the entry's key.
  const std::string& holder(std::size_t entry) const { return trouble(entry).held_by; }

 private:
  /// What few entries have.
  struct Trouble {
    std::optional<SendTimes> sent;  ///< if it may have been made then
    bool held = false;              ///< HubSpot refused it because a record has its key
    std::string held_by;            ///< that record's id, where told
    Rare<Refusal> held_refusal;
    std::uint32_t vain_look_ups = 0;
    Rare<Refusal> unsendable;
    std::vector<Refusal> lacking;  ///< associations
  };
  struct EntryState {
    std::uint32_t attempts = 0;
    std::uint32_t vain_sends = 0;
    Rare<Trouble> trouble;
  };
  using Portion = std::vector<std::size_t>;

  void add_waves(Portion entries);
  const Trouble& trouble(std::size_t entry) const { return *states_[entry].trouble; }
  void take_out_unsendable(std::vector<FinalOutcome>& out);
  Outcome unsendable(std::size_t entry) const;
  Outcome written(std::size_t entry, OutcomeStatus status, std::string&& id, int http) const;
  void take_fate(std::size_t entry, Fate& fate, const Answer& answer, Portion& again,
                 std::vector<FinalOutcome>& out);
  void note_vain_sends(const Step& step, const Verdict& verdict);
  void take_held(std::size_t entry, Fate& fate, int http, std::vector<FinalOutcome>& out);
  void take_doubt(std::size_t entry, Fate& fate, const Answer& answer, Portion& again,
                  std::vector<FinalOutcome>& out);
  void take_missing(std::size_t entry, StepKind asked, int http, Portion& again,
                    std::vector<FinalOutcome>& out);
  void send_again(std::size_t entry, Portion& again);
  Portion& to_look_up(StepKind kind);
  void split(Portion portion);
  Outcome outcome_of(std::size_t entry, OutcomeStatus status, int http) const;
  Outcome existing(std::size_t entry, const std::string& id, int http) const;
  Outcome duplicate(std::size_t entry, const LookUpResult& result, int http) const;
  Outcome held_by_archived(std::size_t entry, int http) const;
  Outcome outcome_of_found(std::size_t entry, const LookUpResult& result, int http) const;
  void resend(std::vector<std::size_t> entries);

  const Batch& batch_;
  Options options_;
  std::vector<EntryState> states_;
  std::vector<Portion> portions_;  ///< a stack: the last one is next
  Portion to_look_up_;
  Portion holders_to_look_up_;
  std::size_t most_looked_up_at_once_ = kMaxBatchRecords;
  bool has_given_up_ = false;
};

}  // namespace payferry
