#include "bench/summary/summary.hpp"

#include <optional>

namespace payferry::bench {

namespace {

using Bound = Goal::Bound;

/// Finds what was measured, by the subject's and the figure's name.
class Figures {
 public:
  explicit Figures(const std::vector<Section>& sections) : sections_(sections) {}

  std::optional<double> median(const std::string& subject, const std::string& figure) const {
    for (const Section& section : sections_) {
      for (const Subject& one : section.subjects) {
        if (one.name == subject) return one.at(figure).median();
      }
    }
    return std::nullopt;
  }

  /// Of the subjects whose names begin so; empty where there is none.
  std::string last_named(const std::string& beginning) const {
    std::string last;
    for (const Section& section : sections_) {
      for (const Subject& one : section.subjects) {
        if (one.name.starts_with(beginning)) last = one.name;
      }
    }
    return last;
  }

 private:
  const std::vector<Section>& sections_;
};

class Goals {
 public:
  void add(const std::string& what, const std::string& unit, std::optional<double> measured,
           Bound bound, double limit) {
    if (measured) goals_.push_back({what, unit, *measured, bound, limit});
  }
  std::vector<Goal> take() { return std::move(goals_); }

 private:
  std::vector<Goal> goals_;
};

void add_cost(Goals& goals, const Figures& figures) {
  constexpr const char* kRatio = "CPU by payferry's";
  goals.add("CPU a record, CSV through TLS to outcome", "µs",
            figures.median("payferry", "CPU a record"), Bound::at_most, 2.5);
  const auto wrk = figures.median("wrk", kRatio);
  if (wrk) goals.add("that, as a multiple of wrk's", "×", 1 / *wrk, Bound::at_most, 4);
  goals.add("HubSpot's Node.js client's, by payferry's", "×",
            figures.median("HubSpot's Node.js client", kRatio), Bound::at_least, 15);
}

void add_memory(Goals& goals, const Figures& figures) {
  const std::string most = figures.last_named("huge: ");
  goals.add("peak memory of " + most.substr(most.find(' ') + 1), "MiB",
            figures.median(most, "peak memory"), Bound::at_most, 64);
}

void add_manners(Goals& goals, const Figures& figures) {
  goals.add("quota used, 190 requests in 10 s", "%", figures.median("hubspot: pace", "quota used"),
            Bound::at_least, 95);
  goals.add("requests throttled meanwhile (429)", "", figures.median("hubspot", "429"),
            Bound::at_most, 0);
}

}  // namespace

std::vector<Goal> goals_of(const std::vector<Section>& sections) {
  const Figures figures(sections);
  Goals goals;
  add_cost(goals, figures);
  add_memory(goals, figures);
  add_manners(goals, figures);
  return goals.take();
}

TextTable to_table(const std::vector<Goal>& goals) {
  TextTable table{{"", "measured", "goal"}, {}};
  for (const Goal& goal : goals) {
    table.rows.push_back(
        {goal.what, goal.measured_text() + (goal.is_met() ? "" : " (missed)"), goal.limit_text()});
  }
  return table;
}

}  // namespace payferry::bench
