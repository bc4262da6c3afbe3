#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/currency.hpp"
#include "model/instant.hpp"

namespace payferry {

/// What the account says of itself (contract §4.1). Each part may be absent.
struct AccountDetails {
  std::string portal_id;
  std::string time_zone;  ///< IANA name; the daily quota starts anew at its midnight
  std::optional<std::chrono::milliseconds> utc_offset;  ///< as of the answer
  std::optional<Currency> company_currency;
  std::vector<Currency> currencies;  ///< all that the account uses, the company's first
};

/// The day's requests of all private apps (contract §4.1).
struct DailyUsage {
  std::uint64_t limit = 0;
  std::uint64_t used = 0;
};

/// A way to associate two object types (contract §5.6).
struct AssociationLabel {
  unsigned type_id = 0;
  std::string category;  ///< HUBSPOT_DEFINED, USER_DEFINED, …
  std::string label;     ///< empty: the plain, unlabelled association
};

/// Each decodes the answer of one endpoint; nothing where the body is none of it.
std::optional<AccountDetails> decode_account_details(std::string_view body);
std::optional<DailyUsage> decode_daily_usage(std::string_view body);
std::optional<std::vector<AssociationLabel>> decode_association_labels(std::string_view body);
/// GET /settings/v3/currencies/codes: every currency that HubSpot supports, not only the account's.

/// The association to take where the config names none: the plain one, else the only one that
/// HubSpot defines.
const AssociationLabel* default_label(const std::vector<AssociationLabel>& labels);

}  // namespace payferry
