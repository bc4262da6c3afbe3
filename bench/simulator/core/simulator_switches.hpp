#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace payferry::simulator {

/// Where the evidence on HubSpot's behaviour splits (contract §10, §11), a test can have it either
/// way. The defaults are the contract's.
struct SimulatorSwitches {
  /// How a taken unique value is told inside a 207: a VALIDATION_ERROR with the
  /// PropertyValueCoordinates text, or a CONFLICT with context.existingId.
  enum class UniqueConflict { coordinates, conflict } unique_conflict = UniqueConflict::coordinates;
  /// The same unique value twice in one create batch.
  enum class RepeatedUnique {
    first_wins,
    whole_batch
  } repeated_unique = RepeatedUnique::first_wins;
  /// Some inputs with a trace id, some without.
  enum class MixedTraceIds {
    all_or_nothing,
    multi_status
  } mixed_trace_ids = MixedTraceIds::all_or_nothing;
  /// A 400 for the whole batch writes nothing, or some of the valid records.
  enum class WholeRefusal { atomic, writes_some } whole_refusal = WholeRefusal::atomic;
  /// No `inputs` in the body: a 400, or a 2xx with empty results.
  enum class MissingInputs { refused, silent } missing_inputs = MissingInputs::refused;
  /// Batch read with some ids missing: those found and one error, or an empty `results` and the
  /// error.
  enum class PartialRead { found, empty } partial_read = PartialRead::found;
  /// A unique conflict in an upsert refuses the whole batch with 409.
  bool upsert_conflict_409 = false;
  /// `results[]` carry objectWriteTraceId.
  bool echo_trace_id = false;
  /// Errors that read the same are told once, with the trace ids of all their records.
  bool group_errors = false;
  /// Results come in a random order.
  bool shuffle_results = true;
  /// A 429 carries Retry-After in seconds.
  bool retry_after_429 = false;
  /// Requests that were refused with 429 count in the window too.
  bool throttled_requests_count = false;
  /// The limits' bodies name their policy.
  bool policy_name = true;
  /// An archived record keeps its unique values reserved.
  bool archived_keeps_unique = false;
  /// A bare YYYY-MM-DD is taken for a datetime.
  bool bare_date_in_datetime = false;
  /// An association may point at a record id that the account does not have.
  bool any_association_target = false;
  /// A record that was just written is not found by batch read for so long.
  std::chrono::milliseconds read_lag{0};
  /// The same for search, which is eventually consistent.
  std::chrono::milliseconds search_lag = std::chrono::seconds(3);
};

struct SwitchDescription {
  std::string_view name;    ///< e.g. "unique-conflict"
  std::string_view values;  ///< e.g. "coordinates|conflict"
  std::string_view help;
};

/// All switches, in the order of the struct.
const std::vector<SwitchDescription>& switch_descriptions();

/// Sets one switch by name. Returns an empty text, or one sentence that says what would be right.
std::string set_switch(SimulatorSwitches& switches, std::string_view name, std::string_view value);

}  // namespace payferry::simulator
