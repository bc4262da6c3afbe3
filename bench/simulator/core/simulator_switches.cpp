#include "bench/simulator/core/simulator_switches.hpp"

#include <array>
#include <functional>
#include <optional>
#include <utility>

#include "bench/simulator/core/option_values.hpp"

namespace payferry::simulator {

namespace {

using Setter = std::function<bool(SimulatorSwitches&, std::string_view)>;

struct Switch {
  SwitchDescription description;
  Setter set;
};

template <class Enum>
Setter choice(Enum SimulatorSwitches::*member, std::array<std::string_view, 2> names) {
  return [member, names](SimulatorSwitches& switches, std::string_view value) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (value == names[i]) {
        switches.*member = static_cast<Enum>(i);
        return true;
      }
    }
    return false;
  };
}

Setter flag(bool SimulatorSwitches::*member) {
  return [member](SimulatorSwitches& switches, std::string_view value) {
    if (value != "on" && value != "off") return false;
    switches.*member = value == "on";
    return true;
  };
}

Setter milliseconds(std::chrono::milliseconds SimulatorSwitches::*member) {
  return [member](SimulatorSwitches& switches, std::string_view value) {
    const std::optional<std::chrono::milliseconds> duration = parse_duration(value);
    if (duration) switches.*member = *duration;
    return duration.has_value();
  };
}

const std::vector<Switch>& all_switches() {
  using S = SimulatorSwitches;
  static const std::vector<Switch> kSwitches = {
      {{"unique-conflict", "coordinates|conflict",
        "how a 207 tells of a taken unique value: a VALIDATION_ERROR text, or a CONFLICT with "
        "existingId"},
       choice(&S::unique_conflict, {"coordinates", "conflict"})},
      {{"repeated-unique", "first-wins|whole-batch",
        "the same unique value twice in one create batch: the second conflicts, or 400 for all"},
       choice(&S::repeated_unique, {"first-wins", "whole-batch"})},
      {{"mixed-trace-ids", "all-or-nothing|multi-status",
        "only some inputs of a batch have a trace id"},
       choice(&S::mixed_trace_ids, {"all-or-nothing", "multi-status"})},
      {{"whole-refusal", "atomic|writes-some",
        "what a 400 for a whole batch has written: nothing, or some of its valid records"},
       choice(&S::whole_refusal, {"atomic", "writes-some"})},
      {{"missing-inputs", "refused|silent", "a body without inputs: 400, or a 2xx with no results"},
       choice(&S::missing_inputs, {"refused", "silent"})},
      {{"partial-read", "found|empty",
        "a batch read with some ids missing: those found and an error, or the error alone"},
       choice(&S::partial_read, {"found", "empty"})},
      {{"upsert-conflict-409", "on|off",
        "a unique conflict in an upsert refuses the whole batch with 409"},
       flag(&S::upsert_conflict_409)},
      {{"echo-trace-id", "on|off", "results carry objectWriteTraceId"}, flag(&S::echo_trace_id)},
      {{"group-errors", "on|off",
        "errors that read the same are told once, with all their trace ids"},
       flag(&S::group_errors)},
      {{"shuffle-results", "on|off", "results come in a random order"}, flag(&S::shuffle_results)},
      {{"retry-after-429", "on|off", "a 429 carries Retry-After"}, flag(&S::retry_after_429)},
      {{"throttled-requests-count", "on|off", "requests refused with 429 count in the window too"},
       flag(&S::throttled_requests_count)},
      {{"policy-name", "on|off", "the body of a 429 names its policy"}, flag(&S::policy_name)},
      {{"archived-keeps-unique", "on|off", "an archived record keeps its unique values reserved"},
       flag(&S::archived_keeps_unique)},
      {{"bare-date-in-datetime", "on|off", "a bare YYYY-MM-DD is taken for a datetime"},
       flag(&S::bare_date_in_datetime)},
      {{"any-association-target", "on|off",
        "an association may point at a record that is not there"},
       flag(&S::any_association_target)},
      {{"read-lag", "DURATION", "for so long after a write, batch read does not find the record"},
       milliseconds(&S::read_lag)},
      {{"search-lag", "DURATION", "the same for search"}, milliseconds(&S::search_lag)},
  };
  return kSwitches;
}

}  // namespace

const std::vector<SwitchDescription>& switch_descriptions() {
  static const std::vector<SwitchDescription> kDescriptions = [] {
    std::vector<SwitchDescription> descriptions;
    for (const Switch& one : all_switches()) descriptions.push_back(one.description);
    return descriptions;
  }();
  return kDescriptions;
}

std::string set_switch(SimulatorSwitches& switches, std::string_view name, std::string_view value) {
  for (const Switch& one : all_switches()) {
    if (one.description.name != name) continue;
    if (one.set(switches, value)) return {};
    return "switch " + std::string(name) + " takes " + std::string(one.description.values) +
           ", not \"" + std::string(value) + "\"";
  }
  return "there is no switch \"" + std::string(name) + "\"; --help lists them";
}

}  // namespace payferry::simulator
