#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace payferry {

/// Where something stands: in the config file, or in a --set override (then line and column are 0).
struct ConfigPlace {
  std::string file;  ///< the config file's name, or "--set KEY"
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// "payments.toml:12:5"
std::string to_string(const ConfigPlace& place);

/// One thing that is wrong with a config.
struct ConfigProblem {
  ConfigPlace place;
  std::string key;  ///< dotted, e.g. "limits.requests"; empty where the text as a whole is at fault
  std::string message;  ///< what is wrong and what would be right, never a secret

  /// "payments.toml:12:5: limits.requests: must be …", card numbers masked
  std::string to_string() const;
};

/// Everything that is wrong with a config, in the order of the file, overrides last.
class ConfigError {
 public:
  static constexpr std::size_t kMaxProblems = 20;

  /// Beyond kMaxProblems it only counts.
  void add(ConfigProblem problem);
  void sort_by_place();

  bool empty() const { return problems_.empty(); }
  const std::vector<ConfigProblem>& problems() const { return problems_; }
  /// One line for each problem, without a line end after the last.
  std::string to_string() const;

 private:
  std::vector<ConfigProblem> problems_;
  std::size_t left_out_ = 0;
};

}  // namespace payferry
