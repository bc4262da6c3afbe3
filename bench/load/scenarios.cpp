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
  };
  return all;
}

Section measure_load(const LoadOptions& options, const std::vector<std::string>& names) {
  Section section("payferry load, the whole program");
  for (const LoadScenario& scenario : load_scenarios()) {
    if (!names.empty() && std::find(names.begin(), names.end(), scenario.name) == names.end())
      continue;
    std::cerr << "load: " << scenario.name << ", " << scenario.help << '\n';
    for (Subject& subject : scenario.measure(options))
      section.subjects.push_back(std::move(subject));
  }
  return section;
}

}  // namespace payferry::bench
