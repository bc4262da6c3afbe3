#pragma once

#include <string>
#include <vector>

namespace payferry {

/// Entries of a property's `map`, as TOML, for the words that a column was seen to hold.
struct StatusMap {
  std::string entries;  ///< never empty
  std::string unknown;  ///< the words that no value is known for, as TOML strings
};

/// For hs_latest_status.
StatusMap status_map(const std::vector<std::string>& words);

/// For hs_payment_method_type: what is not known is "other".
std::string method_map(const std::vector<std::string>& words);

/// For hs_currency_code, since HubSpot takes upper case only; empty where all codes are.
std::string upper_case_map(const std::vector<std::string>& codes);

}  // namespace payferry
