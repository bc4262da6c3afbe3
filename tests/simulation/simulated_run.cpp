#include "simulation/simulated_run.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "bench/simulator/core/object_type.hpp"
#include "loader/run/outcome_line.hpp"
#include "simulation/simulated_process.hpp"

namespace payferry::test {

using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t kMostProcesses = 60;
constexpr std::string_view kObject = "commerce_payments";
constexpr std::string_view kKeyProperty = "hs_external_reference_id";

/// Records of another maker that stand in HubSpot before the run.
void make_standing_records(const Scenario& scenario, simulator::SimulatedHubSpot& hubspot,
                           Instant at) {
  for (const Row& row : scenario.rows) {
    if (row.kind != RowKind::standing) continue;
    const std::string body =
        R"({"inputs":[{"objectWriteTraceId":"1","properties":{"hs_external_reference_id":")" +
        row.key + R"(","hs_initial_amount":"1.00","hs_initiated_date":"2020-01-01T00:00:00Z"}}]})";
    simulator::SimulatedRequest request;
    request.method = "POST";
    request.target = "/crm/v3/objects/commerce_payments/batch/create";
    request.authorization = "Bearer another";
    request.body = body;
    hubspot.handle(request, at);
    at += scenario.hubspot.limits.window;
  }
}

/// What a run left behind, to be held against the promises.
class Audit {
 public:
  Audit(const Scenario& scenario, const simulator::SimulatedHubSpot& hubspot, const ProcessEnd& end,
        std::set<std::uint64_t> standing_ids)
      : scenario_(scenario), hubspot_(hubspot), end_(end), standing_ids_(std::move(standing_ids)) {}

  std::vector<std::string> broken_rules() {
    read_outcomes();
    read_ledger();
    for (std::uint64_t number = 1; number <= scenario_.rows.size(); ++number) check_row(number);
    if (scenario_.associates()) check_associations();
    if (scenario_.upsert() && waits_for_late_commits()) check_last_row_wins();
    check_books();
    check_rejects();
    return std::move(broken_);
  }

 private:
  void fail(const std::string& what) { broken_.push_back(what); }
  void fail(std::uint64_t number, const std::string& what) {
    const auto outcome = outcomes_.find(number);
    const std::string status = outcome == outcomes_.end()
                                   ? "none"
                                   : std::string(to_string(outcome->second.outcome.status));
    const std::string why =
        outcome == outcomes_.end() ? "" : outcome->second.outcome.refusal->message;
    fail("record " + std::to_string(number) + " (" + scenario_.rows[number - 1].key + ", outcome " +
         status + ": " + why + "): " + what);
  }

  void read_outcomes() {
    std::istringstream lines(end_.files[static_cast<std::size_t>(LogFile::outcomes)]);
    for (std::string text; std::getline(lines, text);) {
      auto line = parse_outcome_line(text);
      if (!line) {
        fail("an outcome line cannot be read: " + text);
        continue;
      }
      const std::uint64_t number = line->outcome.record.value();
      if (!outcomes_.emplace(number, std::move(*line)).second)
        fail(number, "has two outcome lines");
    }
  }

  void read_ledger() {
    for (const simulator::LedgerEntry& entry : hubspot_.ledger().entries()) {
      if (entry.action == simulator::LedgerAction::associated)
        associated_[std::to_string(entry.id)].insert(std::string(entry.key));
      if (standing_ids_.contains(entry.id) || entry.action != simulator::LedgerAction::created)
        continue;
      made_ids_.insert(std::to_string(entry.id));
      made_by_key_[std::string(entry.key)].push_back(std::to_string(entry.id));
      const auto number = entry.properties.find(entry.object->find("hs_reference_number").value());
      if (number) made_by_number_[std::string(*number)].push_back(std::to_string(entry.id));
    }
  }

  /// Where settle_after says less than HubSpot needs, the user has said what is not so.
  bool waits_for_late_commits() const {
    const auto& retry = scenario_.settings.retry;
    return retry.settle_after.value_or(retry.request_timeout) >
           scenario_.hubspot.faults.late_commit_after + scenario_.network.longest_way;
  }

  void check_last_row_wins() {
    std::map<std::string, std::string> held;
    for (const simulator::LedgerEntry& entry : hubspot_.ledger().entries()) {
      if (entry.action == simulator::LedgerAction::associated) continue;
      const auto number = entry.properties.find(entry.object->find("hs_reference_number").value());
      if (number) held[std::string(entry.key)] = *number;
    }
    std::map<std::string, std::uint64_t> last;
    for (const auto& [number, line] : outcomes_) {
      const bool written = line.outcome.status == OutcomeStatus::created ||
                           line.outcome.status == OutcomeStatus::updated;
      if (written) last[scenario_.rows[number - 1].key] = number;
    }
    for (const auto& [key, number] : last) {
      if (held[key] != std::to_string(number))
        fail(number, "is the last row of its id, and HubSpot holds record " + held[key]);
    }
  }

  const OutcomeLine* outcome(std::uint64_t number) {
    const auto found = outcomes_.find(number);
    if (found == outcomes_.end()) fail(number, "has no outcome line");
    return found == outcomes_.end() ? nullptr : &found->second;
  }

  void check_row(std::uint64_t number) {
    const OutcomeLine* line = outcome(number);
    if (line == nullptr) return;
    const Row& row = scenario_.rows[number - 1];
    const OutcomeStatus status = line->outcome.status;
    switch (row.kind) {
      case RowKind::invalid:
        if (status != OutcomeStatus::invalid) fail(number, "is invalid");
        break;
      case RowKind::refused:
        check_refused(number, *line);
        break;
      case RowKind::duplicate:
        check_duplicate(number, *line);
        break;
      case RowKind::standing:
        check_standing(number, *line);
        break;
      case RowKind::unmatched:
        check_unmatched(number, *line);
        break;
      case RowKind::good:
        check_good(number, *line);
        break;
    }
    if (!scenario_.has_key()) check_made_at_most_once(number, *line);
  }

  void check_refused(std::uint64_t number, const OutcomeLine& line) {
    const bool never_told = !scenario_.has_key() && line.outcome.status == OutcomeStatus::unknown;
    if (line.outcome.status != OutcomeStatus::rejected && !never_told)
      fail(number, "HubSpot refuses it");
  }

  void check_duplicate(std::uint64_t number, const OutcomeLine& line) {
    if (scenario_.upsert()) {
      if (!is_loaded(line.outcome.status)) fail(number, "an upsert sends every row");
      return;
    }
    if (line.outcome.status != OutcomeStatus::rejected ||
        line.outcome.refusal->code != "DUPLICATE_IN_SOURCE") {
      fail(number, "has the id of record " +
                       std::to_string(scenario_.rows[number - 1].first_record) + ", code " +
                       line.outcome.refusal->code);
    } else if (!names_an_earlier_row(number, line)) {
      fail(number, "does not name the first record with its id");
    }
  }

  /// The first row with its id, while every key is remembered; beyond that an earlier one, which in
  /// turn names the one before it.
  bool names_an_earlier_row(std::uint64_t number, const OutcomeLine& line) const {
    const std::uint64_t named = line.outcome.refusal->first_record.value_or(RecordNumber()).value();
    const Row& row = scenario_.rows[number - 1];
    const bool all_remembered = scenario_.remembered_keys > scenario_.rows.size() &&
                                scenario_.crash_at_commit.empty() && end_.tally.unknown == 0;
    if (all_remembered) return named == row.first_record;
    return named >= 1 && named < number && scenario_.rows[named - 1].key == row.key;
  }

  void check_unmatched(std::uint64_t number, const OutcomeLine& line) {
    if (line.outcome.status != OutcomeStatus::rejected ||
        line.outcome.refusal->code != "ASSOCIATION_NOT_FOUND") {
      fail(number, "names a contact that HubSpot does not have");
    }
    if (made_by_key_.contains(scenario_.rows[number - 1].key) ||
        made_by_number_.contains(std::to_string(number))) {
      fail(number, "was made without its contact");
    }
  }

  static bool stands(std::uint64_t contact) { return contact <= kContacts; }

  /// What the row's record is to be associated with, as the ledger writes it.
  std::set<std::string> expected_of(const Row& row) const {
    std::set<std::string> expected;
    for (std::uint64_t contact = 1; contact <= kContacts; ++contact) {
      const bool named = row.email == contact_email(contact) ||
                         (scenario_.settings.mapping.associations.size() > 1 &&
                          row.contact == contact_id(contact));
      if (named) expected.insert("contacts:" + contact_id(contact) + ":387");
    }
    return expected;
  }

  /// The reasons that the row's outcome must give for what it lacks.
  std::string code_of_lacking(const Row& row) const {
    std::string code;
    for (std::uint64_t contact = kContacts + 1; contact <= 2 * kContacts; ++contact) {
      if (row.contact == contact_id(contact)) code = "ASSOCIATION_REFUSED";
    }
    for (std::uint64_t contact = kContacts + 1; contact <= 2 * kContacts; ++contact) {
      if (row.email == contact_email(contact)) code = "ASSOCIATION_NOT_FOUND";
    }
    return code;
  }

  void check_associations() {
    std::map<std::string, std::set<std::string>> allowed;
    std::uint64_t lacking = 0;
    for (const auto& [number, line] : outcomes_) {
      const Row& row = scenario_.rows[number - 1];
      const std::set<std::string> expected = expected_of(row);
      std::vector<std::string> ids = made_by_number_[std::to_string(number)];
      if (!line.outcome.id.empty()) ids.push_back(line.outcome.id);
      for (const std::string& id : ids) allowed[id].insert(expected.begin(), expected.end());
      lacking += lacks_association(line.outcome) ? 1 : 0;
      const bool written = line.outcome.status == OutcomeStatus::created ||
                           line.outcome.status == OutcomeStatus::updated;
      if (!written) continue;
      if (line.outcome.refusal->code != code_of_lacking(row))
        fail(number, "has code " + line.outcome.refusal->code + " for what it lacks");
      for (const std::string& association : expected) {
        if (!associated_[ids.back()].contains(association))
          fail(number, "lacks its association " + association);
      }
    }
    for (const auto& [id, associations] : associated_) {
      for (const std::string& association : associations) {
        if (!allowed[id].contains(association))
          fail(id + " has a stray association " + association);
      }
    }
    if (lacking != end_.tally.lacking_association)
      fail("the books know " + std::to_string(end_.tally.lacking_association) +
           " records that lack an association");
  }

  void check_standing(std::uint64_t number, const OutcomeLine& line) {
    const OutcomeStatus right =
        scenario_.upsert() ? OutcomeStatus::updated : OutcomeStatus::existing;
    if (line.outcome.status != right) fail(number, "stood in HubSpot before the run");
    if (made_by_key_.contains(scenario_.rows[number - 1].key))
      fail(number, "was made although it stood there");
  }

  void check_good(std::uint64_t number, const OutcomeLine& line) {
    if (!scenario_.has_key()) {
      const bool fine = line.outcome.status == OutcomeStatus::created ||
                        line.outcome.status == OutcomeStatus::unknown;
      if (!fine) fail(number, "is good");
      return;
    }
    const auto made = made_by_key_.find(scenario_.rows[number - 1].key);
    if (made == made_by_key_.end()) return fail(number, "is lost: HubSpot has no record of it");
    if (made->second.size() != 1)
      fail(number, "was made " + std::to_string(made->second.size()) + " times");
    if (line.outcome.id != made->second.front())
      fail(number, "names " + line.outcome.id + ", which is not its id");
    const bool must_be_created =
        !scenario_.settings.mapping.run_property.empty() && !scenario_.upsert();
    if (must_be_created && line.outcome.status != OutcomeStatus::created)
      fail(number, "was created by this run");
    if (!is_loaded(line.outcome.status)) fail(number, "is good and in HubSpot");
  }

  /// Without a key nothing may be sent twice: what was made is made once, and nothing is claimed
  /// that is not there.
  void check_made_at_most_once(std::uint64_t number, const OutcomeLine& line) {
    const auto made = made_by_number_.find(std::to_string(number));
    const std::size_t count = made == made_by_number_.end() ? 0 : made->second.size();
    if (count > 1) fail(number, "was made " + std::to_string(count) + " times");
    const bool created = line.outcome.status == OutcomeStatus::created;
    if (created && count != 1) fail(number, "is said to be created and is not there");
    if (!created && line.outcome.status != OutcomeStatus::unknown && count != 0)
      fail(number, "is there unsaid");
    if (created && !line.outcome.id.empty() && count == 1 &&
        line.outcome.id != made->second.front()) {
      fail(number, "names " + line.outcome.id + ", which is not its id");
    }
  }

  void check_books() {
    Tally told;
    for (const auto& [number, line] : outcomes_) ++told.of(line.outcome.status);
    const Tally& kept = end_.tally;
    const bool same = told.created == kept.created && told.updated == kept.updated &&
                      told.existing == kept.existing && told.invalid == kept.invalid &&
                      told.rejected == kept.rejected && told.unknown == kept.unknown;
    if (!same) fail("the counts of the books are not those of the results log");
    if (kept.records != scenario_.rows.size())
      fail("the books know " + std::to_string(kept.records) + " records");
    if (!kept.totals.balanced()) fail("the books do not balance");
  }

  void check_rejects() {
    const std::string& rejects = end_.files[static_cast<std::size_t>(LogFile::rejects)];
    const auto lines = static_cast<std::uint64_t>(std::count(rejects.begin(), rejects.end(), '\n'));
    const std::uint64_t refused = end_.tally.invalid + end_.tally.rejected;
    if (lines != (refused == 0 ? 0 : refused + 1)) {
      fail(std::to_string(lines) + " lines of rejects for " + std::to_string(refused) +
           " refused records");
    }
  }

  const Scenario& scenario_;
  const simulator::SimulatedHubSpot& hubspot_;
  const ProcessEnd& end_;
  std::set<std::uint64_t> standing_ids_;
  std::map<std::uint64_t, OutcomeLine> outcomes_;
  std::set<std::string> made_ids_;
  std::map<std::string, std::set<std::string>> associated_;  ///< by record id
  std::map<std::string, std::vector<std::string>> made_by_key_;
  std::map<std::string, std::vector<std::string>> made_by_number_;
  std::vector<std::string> broken_;
};

std::set<std::uint64_t> ids_in(const simulator::Ledger& ledger) {
  std::set<std::uint64_t> ids;
  for (const simulator::LedgerEntry& entry : ledger.entries()) ids.insert(entry.id);
  return ids;
}

}  // namespace

std::string RunReport::to_string() const {
  std::string text;
  for (const std::string& rule : broken_rules) text += "  " + rule + "\n";
  return text;
}

RunReport run_scenario(const Scenario& scenario) {
  const Instant epoch(std::chrono::milliseconds(1'780'000'000'000));
  simulator::SimulatedHubSpot hubspot(scenario.hubspot);
  simulator::FaultPlan faults = hubspot.faults().plan();
  hubspot.faults().plan() = simulator::FaultPlan();
  make_standing_records(scenario, hubspot, epoch);
  hubspot.faults().plan() = faults;
  const auto standing_ids = ids_in(hubspot.ledger());

  RunReport report;
  ProcessEnd end;
  end.ended = epoch + 3h;
  const Instant run_started = end.ended;
  do {
    CrashPlan crash;
    if (report.processes < scenario.crash_at_commit.size()) {
      crash.at_commit = scenario.crash_at_commit[report.processes];
      crash.after = scenario.crash_after[report.processes];
    }
    // What the last process sent still counts at HubSpot; on one machine SharedBudget knows it,
    // which has its own tests.
    const Instant start = end.ended + 1s + scenario.hubspot.limits.window;
    end = run_process(scenario, std::move(end.files), hubspot, start, run_started, crash,
                      scenario.seed * 1000 + report.processes);
    ++report.processes;
  } while ((end.crashed || end.stop != StopReason::none) && report.processes < kMostProcesses);

  report.commits_of_last_process = end.commits;
  report.requests = hubspot.statistics().requests;
  if (end.crashed || end.stop != StopReason::none) {
    report.broken_rules.push_back("the run does not come to its end");
    return report;
  }
  hubspot.advance(end.ended + 24h);
  report.broken_rules = Audit(scenario, hubspot, end, standing_ids).broken_rules();
  if (hubspot.statistics().throttled > 0) {
    report.broken_rules.push_back(std::to_string(hubspot.statistics().throttled) +
                                  " requests were over the quota");
  }
  return report;
}

}  // namespace payferry::test
