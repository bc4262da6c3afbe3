#include "loader/delivery/origin.hpp"

namespace payferry {

namespace {

/// The most that the clocks may be uncertain by for a record to count as made after it was sent
/// when it was made about then: about a round trip, in which nobody else makes a payment of this
/// id.
constexpr std::chrono::milliseconds kSkewAllowed{250};

bool made_after(Instant created_at, Instant sent, const HubSpotClock& clock) {
  if (clock.surely_after(created_at, sent)) return true;
  return clock.is_known_within(kSkewAllowed, sent) && !clock.surely_before(created_at, sent);
}

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
      first_sent && found.created_at && made_after(*found.created_at, *first_sent, clock);
  if (made_after_sending) return Origin::this_record;
  if (keys_complete) return Origin::before;
  if (found.created_at && clock.surely_before(*found.created_at, run.started))
    return Origin::before;
  return Origin::unclear;
}

}  // namespace payferry
