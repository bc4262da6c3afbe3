#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bench/simulator/core/fault.hpp"
#include "bench/simulator/core/simulator_switches.hpp"

namespace payferry::simulator {

/// Quotas (contract §4.1, §4.4).
struct LimitOptions {
  std::uint32_t requests_per_window = 190;
  std::chrono::milliseconds window = std::chrono::seconds(10);
  std::uint64_t requests_per_day = 625'000;
  std::uint32_t searches_per_second = 5;
  std::uint32_t association_requests_per_window = 150;
  /// false: nothing is refused, and no header tells of limits: clients keep to what they are told.
  bool enforced = true;
};

/// Who may call, and with what.
struct AccessOptions {
  std::vector<std::string>
      tokens;  ///< static tokens, each an app of its own; empty: any token will do
  std::vector<std::string> missing_scopes;  ///< e.g. "crm.objects.commercepayments.write"
  std::string oauth_client_id;              ///< empty: no OAuth app
  std::string oauth_client_secret;
  std::string oauth_refresh_token;
  std::chrono::seconds oauth_expires_in = std::chrono::minutes(30);
};

/// A property besides those that every account has.
struct CustomProperty {
  std::string name;
  bool unique = false;
  std::string object = "commerce_payments";
};

struct ContactOption {
  std::string id;  ///< empty: given by HubSpot
  std::string email;
};

struct AccountOptions {
  std::uint64_t portal_id = 4'242'424;
  std::string time_zone = "Europe/London";
  std::string company_currency = "GBP";
  std::vector<std::string> currencies = {"GBP", "EUR", "USD", "JPY", "KWD", "CHF"};
  std::vector<CustomProperty> properties;
  std::vector<ContactOption> contacts;
};

/// Everything that decides how the simulated HubSpot behaves. The same options and requests at the
/// same times give the same answers.
struct SimulatorOptions {
  std::uint64_t seed = 1;
  AccountOptions account;
  AccessOptions access;
  LimitOptions limits;
  SimulatorSwitches switches;
  FaultPlan faults;
  std::chrono::milliseconds latency{0};     ///< of every answer
  std::chrono::milliseconds jitter{0};      ///< uniform, at most so much more or less
  std::chrono::milliseconds clock_skew{0};  ///< HubSpot's clock is ahead by so much
  /// Keep the properties of records. False: only ids and unique values, for loads of many millions.
  bool keep_properties = true;
  bool keep_ledger = true;
};

}  // namespace payferry::simulator
