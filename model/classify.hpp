#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "model/answer.hpp"
#include "model/batch.hpp"
#include "model/batch_answer.hpp"
#include "model/mapping_rules.hpp"
#include "model/outcome.hpp"
#include "model/rare.hpp"

namespace payferry {

/// What one answer says of one record that was sent.
enum class FateKind {
  created,  ///< in results of a create, or of an upsert with new = true
  updated,  ///< in results of an upsert with new = false
  refused,  ///< named by an error: `refusal` says why
  held,  ///< its unique value is held by a record already (contract §3.4): whose, settling finds
         ///< out
  in_doubt,  ///< may or may not be in HubSpot
  not_done,  ///< surely not in HubSpot: to be sent again
};

struct Fate {
  FateKind kind = FateKind::in_doubt;
  std::string id;  ///< of created, updated; of held where the error names the holder
  std::optional<Instant> created_at;  ///< of created, updated
  std::string run;                    ///< value of run_property as it came back
  Rare<Refusal> refusal;              ///< of refused and held
};

/// What the batch as a whole is to do after this answer, before its records in doubt are settled.
enum class Reaction {
  none,       ///< every record has a fate from this answer (some may be in doubt)
  retry,      ///< server fault: back off; records are not_done or in_doubt
  throttled,  ///< 429: `throttle` says which policy; all not_done, does not count as a failure
  locked,     ///< 423: wait 2 s at least (contract §3.7)
  moving,     ///< 477: the account moves between data centres; the whole run pauses for
              ///< Answer::retry_after
  isolate,    ///< refused whole for some record in it: take out who is named, else split
  refresh,    ///< 401 EXPIRED_AUTHENTICATION: a new token may help
  stop,       ///< nothing that this run sends can succeed: `stop_text`, exit 4 or 2 by `stop_kind`
};

enum class ThrottlePolicy { window, secondly, daily };

enum class StopKind {
  token_refused,  ///< 401, malformed or expired token: exit 4
  scope_missing,  ///< 403: exit 4, the text names the scopes
  unusable,       ///< unknown object type, 404, certificate trouble at the far side: exit 2
};

/// What an answer says of a call as a whole, whatever call it was.
struct WholeVerdict {
  Reaction reaction = Reaction::none;
  ThrottlePolicy throttle = ThrottlePolicy::window;
  StopKind stop_kind = StopKind::unusable;
  /// Of stop, and of refresh for where there is no way to refresh: one sentence for people.
  std::string stop_text;
  Refusal whole;  ///< of every reaction but none: what the answer said of all that was sent
  /// How long to wait at least, where the answer says so: Retry-After, or a gateway's retry_after.
  std::optional<std::chrono::seconds> retry_after;

  /// Takes the other's place, and leaves alone what a kind of verdict adds.
  void take(WholeVerdict&& other) { *this = std::move(other); }
};

struct Verdict : WholeVerdict {
  std::vector<Fate> fates;  ///< one for each entry asked about, in their order
  /// Results that belong to none of the records sent: worth a warning, nothing else.
  std::size_t strangers = 0;
};

/// Decides from the arithmetic of the body which record fared how, never from the status code alone
/// (contract §2.4, §3.7): each of `sent` is paired with a result or an error, and what is in
/// neither is in doubt. Pairing: by key where there is one, by trace id where it is echoed (the
/// record's number, see Mapping::map), by equal properties last.
Verdict classify_write(const Answer& answer, const BatchAnswer& body,
                       std::span<const BatchEntry* const> sent, WriteMode mode);

}  // namespace payferry
