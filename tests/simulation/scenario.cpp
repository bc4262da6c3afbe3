#include "simulation/scenario.hpp"

#include <algorithm>
#include <random>

namespace payferry::test {

using namespace std::chrono_literals;

namespace {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}

  std::uint64_t between(std::uint64_t least, std::uint64_t most) {
    return least + random_() % (most - least + 1);
  }
  bool one_in(std::uint64_t n) { return random_() % n == 0; }
  double share(double most) { return most * static_cast<double>(random_() % 1000) / 1000; }
  std::chrono::milliseconds duration(std::uint64_t least_ms, std::uint64_t most_ms) {
    return std::chrono::milliseconds(between(least_ms, most_ms));
  }

 private:
  std::mt19937_64 random_;
};

PropertyRule rule(std::string property, std::string from, ValueType type) {
  PropertyRule result;
  result.property = std::move(property);
  result.from = std::move(from);
  result.type = type;
  return result;
}

AssociationRule contacts_from(std::string column) {
  AssociationRule rule;
  rule.to = "contacts";
  rule.from = std::move(column);
  rule.type_id = 387;
  return rule;
}

void draw_associations(Dice& dice, MappingRules& mapping) {
  if (dice.one_in(2)) return;
  mapping.associations.push_back(contacts_from("email"));
  mapping.associations.back().match = "email";
  if (dice.one_in(2)) mapping.associations.back().missing = MissingAssociation::reject;
  if (dice.one_in(2)) mapping.associations.push_back(contacts_from("contact"));
}

Settings draw_settings(Dice& dice) {
  Settings settings;
  MappingRules& mapping = settings.mapping;
  mapping.write = dice.one_in(4) ? WriteMode::upsert : WriteMode::create;
  const bool has_key = mapping.write == WriteMode::upsert || !dice.one_in(5);
  if (has_key) {
    mapping.id_property = "hs_external_reference_id";
    mapping.properties.push_back(rule(mapping.id_property, "key", ValueType::string));
  }
  if (has_key && dice.one_in(2)) mapping.run_property = "payferry_run";
  mapping.run_id = "this-run";
  mapping.properties.push_back(rule("hs_initial_amount", "amount", ValueType::decimal));
  PropertyRule date = rule("hs_initiated_date", "", ValueType::datetime);
  date.from.reset();
  date.value = "2024-03-27T18:04:11Z";
  mapping.properties.push_back(date);
  mapping.properties.push_back(rule("hs_latest_status", "status", ValueType::string));
  mapping.properties.push_back(rule("hs_reference_number", "number", ValueType::string));

  draw_associations(dice, mapping);

  settings.limits.requests = static_cast<std::uint32_t>(dice.between(5, 100));
  settings.limits.window = dice.duration(500, 10'000);
  if (dice.one_in(3)) settings.limits.connections = static_cast<std::uint32_t>(dice.between(1, 20));
  settings.limits.batch_records = dice.between(1, 100);
  settings.retry.attempts = static_cast<std::uint32_t>(dice.between(2, 8));
  settings.retry.request_timeout = dice.duration(5'000, 110'000);
  if (dice.one_in(4)) settings.retry.settle_after = dice.duration(0, 5'000);
  return settings;
}

RowKind draw_kind(Dice& dice, const Settings& settings, std::uint64_t bad_one_in) {
  const bool has_key = !settings.mapping.id_property.empty();
  if (dice.one_in(bad_one_in)) return RowKind::invalid;
  if (dice.one_in(bad_one_in)) return RowKind::refused;
  if (has_key && dice.one_in(bad_one_in)) return RowKind::duplicate;
  if (has_key && dice.one_in(bad_one_in)) return RowKind::standing;
  const auto& rules = settings.mapping.associations;
  const bool may_lack = rules.empty() || rules.front().missing == MissingAssociation::skip;
  if (!may_lack && dice.one_in(bad_one_in)) return RowKind::unmatched;
  return RowKind::good;
}

/// Contacts for the columns that associations are made from. Those that HubSpot does not have come
/// where that is told of a loaded record, or refuses it.
void draw_contacts(Dice& dice, const Settings& settings, Row& row) {
  const auto& rules = settings.mapping.associations;
  if (rules.empty()) return;
  const bool skips = rules.front().missing == MissingAssociation::skip;
  if (!dice.one_in(4)) row.email = contact_email(dice.between(1, kContacts));
  if (row.kind == RowKind::unmatched || (skips && dice.one_in(10)))
    row.email = contact_email(dice.between(kContacts + 1, 2 * kContacts));
  if (rules.size() == 1) return;
  if (!dice.one_in(4)) row.contact = contact_id(dice.between(1, kContacts));
  const bool upsert = settings.mapping.write == WriteMode::upsert;
  if ((upsert && dice.one_in(10)) || (!upsert && row.kind == RowKind::refused))
    row.contact = contact_id(dice.between(kContacts + 1, 2 * kContacts));
}

std::vector<Row> draw_rows(Dice& dice, const Settings& settings) {
  const std::uint64_t bad_one_in = dice.one_in(3) ? 4 : dice.between(10, 200);
  std::vector<Row> rows;
  std::vector<std::uint64_t> good;
  const std::uint64_t count = dice.one_in(8) ? dice.between(0, 3) : dice.between(4, 300);
  for (std::uint64_t number = 1; number <= count; ++number) {
    Row row;
    row.kind = draw_kind(dice, settings, bad_one_in);
    if (row.kind == RowKind::duplicate && good.empty()) row.kind = RowKind::good;
    row.key = "PAY-" + std::to_string(number);
    row.amount =
        std::to_string(dice.between(0, 99'999)) + "." + std::to_string(dice.between(10, 99));
    row.status = "succeeded";
    if (row.kind == RowKind::invalid) row.amount = "12,5O";
    draw_contacts(dice, settings, row);
    const bool is_refused_by_contact = settings.mapping.associations.size() > 1 &&
                                       settings.mapping.write == WriteMode::create &&
                                       dice.one_in(2);
    if (row.kind == RowKind::refused && !is_refused_by_contact) row.status = "no_such_status";
    if (row.kind == RowKind::duplicate) {
      row.first_record = good[dice.between(0, good.size() - 1)];
      row.key = "PAY-" + std::to_string(row.first_record);
    }
    if (row.kind == RowKind::good) good.push_back(number);
    rows.push_back(row);
  }
  return rows;
}

void draw_switches(Dice& dice, simulator::SimulatorSwitches& switches) {
  using Switches = simulator::SimulatorSwitches;
  if (dice.one_in(2)) switches.unique_conflict = Switches::UniqueConflict::conflict;
  if (dice.one_in(2)) switches.partial_read = Switches::PartialRead::empty;
  if (dice.one_in(2)) switches.repeated_unique = Switches::RepeatedUnique::whole_batch;
  switches.upsert_conflict_409 = dice.one_in(4);
  switches.echo_trace_id = dice.one_in(2);
  switches.group_errors = dice.one_in(2);
  switches.retry_after_429 = dice.one_in(2);
  switches.policy_name = !dice.one_in(4);
  if (dice.one_in(4)) switches.read_lag = dice.duration(1, 1'500);
}

simulator::FaultPlan draw_faults(Dice& dice) {
  simulator::FaultPlan plan;
  if (dice.one_in(6)) return plan;
  const double most = dice.one_in(4) ? 0.05 : 0.02;
  for (std::size_t fault = 0; fault < simulator::kFaultCount; ++fault) {
    const bool ends_the_run = static_cast<simulator::Fault>(fault) == simulator::Fault::expired;
    if (!ends_the_run && dice.one_in(2)) plan.probability[fault] = dice.share(most);
  }
  plan.on_reads = dice.one_in(2);
  plan.late_commit_after = dice.duration(100, 20'000);
  return plan;
}

}  // namespace

std::string contact_id(std::uint64_t contact) {
  return std::to_string(5'000 + contact);
}

std::string contact_email(std::uint64_t contact) {
  return "contact-" + std::to_string(contact) + "@example.com";
}

Scenario draw_scenario(std::uint64_t seed) {
  Dice dice(seed);
  Scenario scenario;
  scenario.seed = seed;
  scenario.settings = draw_settings(dice);
  scenario.rows = draw_rows(dice, scenario.settings);

  scenario.hubspot.seed = seed + 1;
  scenario.hubspot.account.properties.push_back({"payferry_run", false, "commerce_payments"});
  for (std::uint64_t contact = 1; contact <= kContacts; ++contact)
    scenario.hubspot.account.contacts.push_back({contact_id(contact), contact_email(contact)});
  scenario.hubspot.limits.requests_per_window = *scenario.settings.limits.requests;
  scenario.hubspot.limits.window = scenario.settings.limits.window;
  scenario.hubspot.latency = dice.duration(0, 1'500);
  scenario.hubspot.jitter = scenario.hubspot.latency / 2;
  scenario.hubspot.clock_skew = dice.duration(0, 120'000) - 60s;
  scenario.hubspot.faults = draw_faults(dice);
  draw_switches(dice, scenario.hubspot.switches);

  scenario.network.shortest_way = dice.duration(0, 20);
  // No more uneven than the governor allows for without a handshake to measure; the modelled
  // network has none.
  const auto uneven = std::min(dice.duration(0, 10), scenario.settings.limits.window / 200);
  scenario.network.longest_way = scenario.network.shortest_way + uneven;
  scenario.network.lost_on_the_way = dice.one_in(2) ? dice.share(0.03) : 0;
  scenario.network.lost_before_way = dice.one_in(2) ? dice.share(0.03) : 0;
  scenario.network.request_timeout = scenario.settings.retry.request_timeout;

  const std::uint64_t crashes = dice.one_in(3) ? 0 : dice.between(1, 4);
  for (std::uint64_t crash = 0; crash < crashes; ++crash) {
    scenario.crash_at_commit.push_back(dice.between(1, dice.one_in(2) ? 5 : 40));
    scenario.crash_after.push_back(dice.one_in(2));
  }
  scenario.remembered_keys =
      scenario.settings.limits.batch_records + (dice.one_in(3) ? dice.between(2, 30) : 1'000);
  return scenario;
}

}  // namespace payferry::test
