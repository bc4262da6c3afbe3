#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/ids.hpp"
#include "model/instant.hpp"
#include "model/rare.hpp"

namespace payferry {

/// What became of a record, finally (interface.md §4).
enum class OutcomeStatus { created, updated, existing, invalid, rejected, unknown };

std::string_view to_string(OutcomeStatus status);
std::optional<OutcomeStatus> parse_outcome_status(std::string_view text);

/// HubSpot has the record.
constexpr bool is_loaded(OutcomeStatus status) {
  return status == OutcomeStatus::created || status == OutcomeStatus::updated ||
         status == OutcomeStatus::existing;
}

/// Why a record is not loaded, cannot be told to be, or lacks an association: the error that
/// concerns it.
struct Refusal {
  std::string category;  ///< HubSpot's, e.g. VALIDATION_ERROR
  std::string code;      ///< e.g. INVALID_OPTION, DUPLICATE_IN_SOURCE
  std::string property;
  std::string column;
  std::string message;
  std::string correlation_id;
  std::optional<RecordNumber>
      first_record;  ///< of DUPLICATE_IN_SOURCE: the record that has the key
};

struct Outcome {
  RecordNumber record;
  OutcomeStatus status = OutcomeStatus::unknown;
  std::string id;              ///< HubSpot's record id where known
  std::uint32_t attempts = 0;  ///< times that the record was sent
  int http = 0;                ///< status of the answer that decided; 0: none did
  Rare<Refusal> refusal;
  Instant at{};
};

/// The record is in HubSpot, but without an association that the source names; `refusal` says why.
inline bool lacks_association(const Outcome& outcome) {
  return is_loaded(outcome.status) && !outcome.refusal->code.empty();
}

/// Says so; several reasons stand in one message.
void add_lacking_association(Outcome& outcome, Refusal refusal);

/// What an outcome line says of the record beside its outcome.
struct RecordIdentity {
  LineNumber line;
  std::string_view file;  ///< empty where the run has one input
  std::string_view key;   ///< empty: absent from the line
};

/// Writes lines of outcomes.ndjson that bear one moment, as those of a batch do.
class OutcomeLines {
 public:
  /// `out` must outlive it.
  OutcomeLines(std::string& out, Instant at);

  /// Appends the line, with its line end. The outcome's own moment is not looked at.
  void append(const Outcome& outcome, const RecordIdentity& identity);

 private:
  std::string_view usual_end(const Outcome& outcome);

  std::string& out_;
  std::string end_;  ///< the moment, and what closes the line
  /// As nearly all lines of a batch end: loaded, in so many attempts, by this answer.
  std::string usual_end_;
  std::uint32_t usual_attempts_ = 0;
  int usual_http_ = 0;
};

/// Appends one line by itself.
void append_outcome_line(std::string& out, const Outcome& outcome, const RecordIdentity& identity);

}  // namespace payferry
