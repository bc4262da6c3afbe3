#include "bench/load/soak_books.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "loader/run/outcome_line.hpp"

namespace payferry::bench {

namespace {

/// A record of HubSpot's and the key by which the source names it. Of ten million keys only a hash
/// is kept.
struct Pair {
  std::uint64_t key = 0;
  std::uint64_t id = 0;
  auto operator<=>(const Pair&) const = default;
};

[[noreturn]] void differ(const std::string& sentence) {
  throw std::runtime_error("the books do not agree: " + sentence);
}

Pair paired(std::string_view key, std::string_view id) {
  Pair pair;
  pair.key = std::hash<std::string_view>()(key);
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), pair.id);
  if (error != std::errc() || end != id.data() + id.size())
    differ("\"" + std::string(id) + "\" is no id");
  return pair;
}

OutcomeStatus expected_status(Defect defect) {
  if (defect == Defect::none) return OutcomeStatus::created;
  return refused_by(defect) == "hubspot" ? OutcomeStatus::rejected : OutcomeStatus::invalid;
}

std::ifstream open(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return file;
}

std::vector<Pair> read_outcomes(const std::vector<Defect>& source,
                                const std::filesystem::path& path) {
  std::vector<bool> has_line(source.size());
  std::vector<Pair> loaded;
  loaded.reserve(source.size());
  std::ifstream file = open(path);
  for (std::string text; std::getline(file, text);) {
    const auto line = parse_outcome_line(text);
    if (!line) differ("no line of the results log: " + text);
    const std::uint64_t number = line->outcome.record.value();
    if (number == 0 || number > source.size()) differ("there is no such record: " + text);
    if (has_line[number - 1]) differ("a second line: " + text);
    has_line[number - 1] = true;
    if (line->outcome.status != expected_status(source[number - 1]))
      differ("another status than expected: " + text);
    if (line->outcome.status == OutcomeStatus::created)
      loaded.push_back(paired(line->key, line->outcome.id));
  }
  const auto missing = std::find(has_line.begin(), has_line.end(), false);
  if (missing != has_line.end())
    differ("record " + std::to_string(missing - has_line.begin() + 1) + " has no line");
  return loaded;
}

std::vector<Pair> read_ledger(std::size_t most, const std::filesystem::path& path) {
  std::vector<Pair> created;
  created.reserve(most);
  std::ifstream file = open(path);
  for (std::string text; std::getline(file, text);) {
    const auto line = boost::json::parse(text);
    if (line.at("action").as_string() != "created") differ("a record was not created: " + text);
    created.push_back(paired(line.at("key").as_string(), line.at("id").as_string()));
  }
  return created;
}

}  // namespace

void compare_books(const std::vector<Defect>& source, const std::filesystem::path& outcomes,
                   const std::filesystem::path& ledger) {
  std::vector<Pair> loaded = read_outcomes(source, outcomes);
  std::vector<Pair> created = read_ledger(source.size(), ledger);
  std::sort(loaded.begin(), loaded.end());
  std::sort(created.begin(), created.end());
  const auto same_key = [](const Pair& left, const Pair& right) { return left.key == right.key; };
  const auto twice = std::adjacent_find(created.begin(), created.end(), same_key);
  if (twice != created.end())
    differ("HubSpot has one record twice, as " + std::to_string(twice->id) + " and " +
           std::to_string(std::next(twice)->id));
  if (loaded != created)
    differ("of " + std::to_string(loaded.size()) + " records that were loaded and " +
           std::to_string(created.size()) + " that HubSpot created, not all are the same");
}

}  // namespace payferry::bench
