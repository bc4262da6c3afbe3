#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace payferry::simulator {

/// The JSON object of an order to the simulator, read key by key. It keeps what it cannot take, so
/// that an order can be read to its end and then refused as a whole.
class AdminOrder {
 public:
  static constexpr std::int64_t kMostCount = 1'000'000;

  explicit AdminOrder(const boost::json::object& members) : members_(members) {}

  /// Nothing where the key is absent, or its value is none of the kind.
  std::optional<bool> flag(std::string_view name);
  std::optional<std::string> text(std::string_view name);
  std::optional<double> number(std::string_view name);
  /// "5%" as 0.05
  std::optional<double> percentage(std::string_view name);
  /// A whole number from `least` to kMostCount.
  std::optional<std::size_t> count(std::string_view name, std::int64_t least);

  /// Notes what else is wrong with the order, in one sentence.
  void refuse(std::string sentence);
  /// A key that nobody has asked for, or else what was found wrong first; empty where all is well.
  std::string problem() const;

 private:
  const boost::json::value* find(std::string_view name);

  const boost::json::object& members_;
  std::vector<std::string_view> known_;
  std::string problem_;
};

}  // namespace payferry::simulator
