#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "loader/check/problem.hpp"

namespace payferry {

/// What is said of some of a group's problems, and where.
struct ProblemExample {
  struct Place {
    std::string file;
    LineNumber line;
  };

  std::string message;
  std::vector<Place> places;  ///< the first ones
  std::uint64_t count = 0;
};

/// Problems with the same cause: of one kind, in one column.
struct ProblemGroup {
  std::string code;
  std::string property;
  std::string column;
  std::uint64_t count = 0;
  std::vector<ProblemExample> examples;  ///< of the first different messages
};

/// Problems by cause, in memory that does not grow with their number.
class ProblemGroups {
 public:
  static constexpr std::size_t kMostGroups = 60;
  static constexpr std::size_t kMostExamples = 3;
  static constexpr std::size_t kMostPlaces = 5;

  void add(const Problem& problem);

  std::uint64_t count() const { return count_; }
  /// Problems of further causes, beyond kMostGroups.
  std::uint64_t others() const { return others_; }
  /// The most frequent first.
  std::vector<ProblemGroup> by_count() const;

 private:
  using Cause = std::tuple<std::string, std::string, std::string>;

  ProblemGroup* group_of(const Problem& problem);

  std::map<Cause, ProblemGroup> groups_;
  std::uint64_t count_ = 0;
  std::uint64_t others_ = 0;
};

}  // namespace payferry
