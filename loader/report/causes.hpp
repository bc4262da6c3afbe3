#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "loader/run/outcome_line.hpp"

namespace payferry {

/// One of the records of a cause.
struct CauseExample {
  RecordNumber record;
  LineNumber line;
  std::string file;  ///< empty where the run has one input
  std::string key;
  std::string message;
};

/// Records that are not known to be in HubSpot, all for the same reason.
struct Cause {
  OutcomeStatus status = OutcomeStatus::rejected;
  std::string category;
  std::string code;
  std::string property;
  std::string column;
  std::uint64_t count = 0;
  std::vector<CauseExample> examples;  ///< the first ones, with as many messages as there are
};

/// Groups outcomes of records that are not loaded, in bounded memory.
class Causes {
 public:
  static constexpr std::size_t kMostCauses = 60;
  static constexpr std::size_t kMostExamples = 5;

  void add(const OutcomeLine& line);
  /// The most frequent first.
  std::vector<Cause> by_count() const;
  /// Records of further causes, beyond kMostCauses.
  std::uint64_t others() const { return others_; }

 private:
  std::map<std::string, Cause> causes_;
  std::uint64_t others_ = 0;
};

}  // namespace payferry
