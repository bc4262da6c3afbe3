#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/batch_answer.hpp"
#include "model/instant.hpp"
#include "model/mapping_rules.hpp"
#include "model/send_time.hpp"
#include "net/hubspot_clock.hpp"

namespace payferry {

/// Who made a record that HubSpot holds under one of our keys.
enum class Origin {
  this_record,  ///< an earlier attempt of this record by this run: its outcome is `created`
  other_row,    ///< this run, from another row of the source: a duplicate there
  before,       ///< somebody else, or an earlier run: `existing`
  this_run,     ///< this_record or other_row: only the results log can tell
  unclear,      ///< other_row or before: only the results log can tell
};

/// What HubSpot tells of the record.
struct FoundRecord {
  std::string id;
  std::optional<Instant> created_at;  ///< in HubSpot's clock
  std::string run;                    ///< value of run_property
};

/// What a look-up asks for so that this can be told: names in the mapping.
std::vector<std::string_view> properties_of_origin(const MappingRules& mapping);
/// What it was answered.
FoundRecord found_record(const AnsweredRecord& answered);

/// What this run knows of itself.
struct RunFacts {
  std::string run_id;
  /// It tells who made a record: not where an upsert has written it over that of whoever did.
  bool has_run_property = false;
  Instant started{};  ///< our clock, before the run's first request
};
RunFacts facts_of_run(const MappingRules& mapping, std::string run_id, Instant started);

/// Decides whose it is. Never guessed in favour of this_record, since `undo` archives what is
/// `created` (contract §6): either run_property says so, or the record was made in HubSpot's clock
/// while a request of this run may have: certainly not before it was first sent, or in the same
/// moment of clocks that are known well, and not long after it was last sent. `sent`: when this run
/// sent this record; nothing if it never did. `clock`: what this process knows.
Origin judge_origin(const FoundRecord& found, const std::optional<SendTimes>& sent,
                    const RunFacts& run, const HubSpotClock& clock, bool keys_complete);

/// HubSpot had it for certain before this run first sent the record.
bool stood_before(const FoundRecord& found, const std::optional<SendTimes>& sent,
                  const HubSpotClock& clock);

}  // namespace payferry
