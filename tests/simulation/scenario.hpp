#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/simulator/core/simulator_options.hpp"
#include "config/settings.hpp"
#include "simulation/modelled_hubspot.hpp"

namespace payferry::test {

/// What is known of a row of the modelled source beforehand.
enum class RowKind {
  good,
  invalid,    ///< payferry must refuse it
  refused,    ///< HubSpot must refuse it
  duplicate,  ///< has the key of an earlier good row
  standing,   ///< a record of another maker has its key already
  unmatched,  ///< names a contact that HubSpot does not have, and is not to be loaded without
};

struct Row {
  RowKind kind = RowKind::good;
  std::string key;
  std::string amount;
  std::string status;
  std::uint64_t first_record = 0;  ///< of duplicate
  std::string email;               ///< of a contact, to be looked up
  std::string contact;             ///< id of a contact
};

/// Contacts 1 to so many stand in HubSpot, with the ids and emails of contact_id and contact_email.
inline constexpr std::uint64_t kContacts = 30;
std::string contact_id(std::uint64_t contact);
std::string contact_email(std::uint64_t contact);

/// Everything about one simulated run, drawn from one seed.
struct Scenario {
  std::uint64_t seed = 0;
  Settings settings;
  std::vector<Row> rows;
  simulator::SimulatorOptions hubspot;
  NetworkModel network;
  std::vector<std::uint64_t> crash_at_commit;  ///< of the first process, the second, …; 0: none
  std::vector<bool> crash_after;
  std::size_t remembered_keys = 0;

  bool has_key() const { return !settings.mapping.id_property.empty(); }
  bool upsert() const { return settings.mapping.write == WriteMode::upsert; }
  bool associates() const { return !settings.mapping.associations.empty(); }
};

/// The same seed gives the same scenario, on every machine.
Scenario draw_scenario(std::uint64_t seed);

}  // namespace payferry::test
