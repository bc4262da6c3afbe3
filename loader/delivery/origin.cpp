#include "loader/delivery/origin.hpp"

namespace payferry {

namespace {

Origin judge_by_run_property(const FoundRecord& found, const std::optional<Instant>& first_sent,
                             const RunFacts& run, const HubSpotClock& clock) {
  if (found.run != run.run_id) return Origin::before;
  if (!first_sent) return Origin::other_row;
  // A key that an earlier row of this run gave to HubSpot stood there before this record was ever
  // sent.
  const bool stood_before = found.created_at && clock.surely_before(*found.created_at, *first_sent);
  return stood_before ? Origin::other_row : Origin::this_record;
}

}  // namespace

Origin judge_origin(const FoundRecord& found, const std::optional<Instant>& first_sent,
                    const RunFacts& run, const HubSpotClock& clock, bool keys_complete) {
  if (run.has_run_property) return judge_by_run_property(found, first_sent, run, clock);
  const bool made_after_sending =
      first_sent && found.created_at && clock.surely_after(*found.created_at, *first_sent);
  if (made_after_sending) return Origin::this_record;
  if (keys_complete) return Origin::before;
  if (found.created_at && clock.surely_before(*found.created_at, run.started))
    return Origin::before;
  return Origin::unclear;
}

}  // namespace payferry
