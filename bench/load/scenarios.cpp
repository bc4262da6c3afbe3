#include "bench/load/scenarios.hpp"

#include <algorithm>
#include <iostream>

namespace payferry::bench {

const std::vector<LoadScenario>& load_scenarios() {
  static const std::vector<LoadScenario> all{
      {"unthrottled", "HubSpot answers at once", measure_unthrottled},
      {"hubspot", "190 requests in 10 s, 800 ms each", measure_hubspot},
      {"faulty", "one request in ten fails", measure_faulty},
      {"resume", "killed in the middle", measure_resume},
      {"huge", "memory by the number of records", measure_huge},
      {"soak", "every fault there is, for an hour", measure_soak, true},
  };
  return all;
}

std::vector<LoadScenario> chosen_scenarios(const std::vector<std::string>& names) {
  std::vector<LoadScenario> chosen;
  for (const LoadScenario& scenario : load_scenarios()) {
    const bool is_named = std::find(names.begin(), names.end(), scenario.name) != names.end();
    if (is_named || (names.empty() && !scenario.takes_long)) chosen.push_back(scenario);
  }
  return chosen;
}

Section measure_load(const LoadOptions& options, const std::vector<std::string>& names) {
  Section section("payferry load, the whole program");
  for (const LoadScenario& scenario : chosen_scenarios(names)) {
    std::cerr << "load: " << scenario.name << ", " << scenario.help << '\n';
    for (Subject& subject : scenario.measure(options))
      section.subjects.push_back(std::move(subject));
  }
  return section;
}

}  // namespace payferry::bench
