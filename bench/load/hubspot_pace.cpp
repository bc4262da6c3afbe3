#include "bench/load/hubspot_pace.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <string>
#include <variant>

#include "loader/run/attempt_line.hpp"

namespace payferry::bench {

double HubSpotPace::used_percent(const std::vector<Instant>& sends) const {
  if (sends.empty()) return 0;
  const auto [first, last] = std::minmax_element(sends.begin(), sends.end());
  const auto windows = (*last - *first) / window;
  const Instant end = *first + windows * window;
  const auto sent = std::count_if(sends.begin(), sends.end(), [&](Instant at) { return at < end; });
  const auto most = static_cast<double>(windows) * static_cast<double>(requests_per_window);
  return windows == 0 ? 0 : 100 * static_cast<double>(sent) / most;
}

std::vector<Instant> read_sends(const std::filesystem::path& journal) {
  std::ifstream file(journal);
  if (!file) throw std::runtime_error("cannot read " + journal.string());
  std::vector<Instant> sends;
  for (std::string line; std::getline(file, line);) {
    const auto read = parse_attempt_line(line);
    if (const auto* const send = read ? std::get_if<SendLine>(&*read) : nullptr)
      sends.push_back(send->at);
  }
  return sends;
}

}  // namespace payferry::bench
