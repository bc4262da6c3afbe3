#include "loader/delivery/origin.hpp"

#include <algorithm>
#include <utility>

namespace payferry {

namespace {

/// The most that the clocks may be uncertain by for a record to count as made after it was sent
/// when it was made about then: about a round trip, in which nobody else makes a payment of this
/// id.
constexpr std::chrono::milliseconds kSkewAllowed{250};

/// From the note that a request is to be sent to the end of the work that it makes at HubSpot: 100
/// s by its own limit (contract §6), and what goes by before its first byte is there. What is made
/// later under the same id was made by somebody else, another run of the same file above all.
constexpr std::chrono::milliseconds kMostAtWork = std::chrono::seconds(150);

/// Where both hold, the clock was not set between them, or by less than the first leaves open.
MomentSpan intersection_or_first(const MomentSpan& first, const MomentSpan& second) {
  const MomentSpan both{std::max(first.earliest, second.earliest),
                        std::min(first.latest, second.latest)};
  return both.earliest <= both.latest ? both : first;
}

/// When it was sent by HubSpot's clock, as far as that is known.
std::optional<MomentSpan> hubspots_span(const SendTime& sent, const HubSpotClock& clock) {
  const std::optional<MomentSpan> by_this_process = clock.span_at(sent.at);
  if (!sent.by_earlier_process) return by_this_process;
  if (!sent.by_hubspots_clock || !by_this_process) return sent.by_hubspots_clock;
  return intersection_or_first(*sent.by_hubspots_clock, *by_this_process);
}

bool made_after(Instant created_at, const std::optional<MomentSpan>& sent) {
  if (is_surely_after(created_at, sent)) return true;
  return sent && sent->latest - sent->earliest <= kSkewAllowed &&
         !is_surely_before(created_at, sent);
}

/// A request of this run may have been at work then.
bool made_by_sending(Instant created_at, const SendTimes& sent, const HubSpotClock& clock) {
  return made_after(created_at, hubspots_span(sent.first, clock)) &&
         !is_surely_after(created_at - kMostAtWork, hubspots_span(sent.last, clock));
}

}  // namespace

bool stood_before(const FoundRecord& found, const std::optional<SendTimes>& sent,
                  const HubSpotClock& clock) {
  return found.created_at && sent &&
         is_surely_before(*found.created_at, hubspots_span(sent->first, clock));
}

namespace {

/// A key that an earlier row of this run gave to HubSpot stood there before this record was ever
/// sent. Where HubSpot's clock does not show that, it is known only while every key is remembered.
Origin judge_by_run_property(const FoundRecord& found, const std::optional<SendTimes>& sent,
                             const RunFacts& run, const HubSpotClock& clock, bool keys_complete) {
  if (found.run != run.run_id) return Origin::before;
  if (!sent || stood_before(found, sent, clock)) return Origin::other_row;
  const bool is_surely_ours =
      keys_complete || (found.created_at && made_by_sending(*found.created_at, *sent, clock));
  return is_surely_ours ? Origin::this_record : Origin::this_run;
}

}  // namespace

RunFacts facts_of_run(const MappingRules& mapping, std::string run_id, Instant started) {
  RunFacts facts;
  facts.run_id = std::move(run_id);
  facts.has_run_property = !mapping.run_property.empty() && mapping.write == WriteMode::create;
  facts.started = started;
  return facts;
}

std::vector<std::string_view> properties_of_origin(const MappingRules& mapping) {
  std::vector<std::string_view> properties{"hs_createdate"};
  if (!mapping.id_property.empty()) properties.push_back(mapping.id_property);
  if (!mapping.run_property.empty()) properties.push_back(mapping.run_property);
  return properties;
}

FoundRecord found_record(const AnsweredRecord& answered) {
  FoundRecord found;
  found.id = answered.id;
  found.created_at = answered.created_at;
  found.run = answered.run;
  return found;
}

Origin judge_origin(const FoundRecord& found, const std::optional<SendTimes>& sent,
                    const RunFacts& run, const HubSpotClock& clock, bool keys_complete) {
  if (run.has_run_property) return judge_by_run_property(found, sent, run, clock, keys_complete);
  if (found.created_at && sent && made_by_sending(*found.created_at, *sent, clock))
    return Origin::this_record;
  if (keys_complete) return Origin::before;
  if (found.created_at && clock.surely_before(*found.created_at, run.started))
    return Origin::before;
  return Origin::unclear;
}

}  // namespace payferry
