#include "bench/simulator/server/admin_order.hpp"

#include <algorithm>
#include <boost/json/value.hpp>

#include "bench/simulator/core/option_values.hpp"

namespace payferry::simulator {

namespace {

namespace json = boost::json;

std::string quoted(std::string_view name) {
  return "\"" + std::string(name) + "\"";
}

}  // namespace

std::optional<bool> AdminOrder::flag(std::string_view name) {
  const json::value* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_bool()) return value->get_bool();
  refuse(quoted(name) + " takes true or false");
  return std::nullopt;
}

std::optional<std::string> AdminOrder::text(std::string_view name) {
  const json::value* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_string()) return std::string(value->get_string());
  refuse(quoted(name) + " takes a text");
  return std::nullopt;
}

std::optional<double> AdminOrder::number(std::string_view name) {
  const json::value* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_number()) return value->to_number<double>();
  refuse(quoted(name) + " takes a number");
  return std::nullopt;
}

std::optional<double> AdminOrder::percentage(std::string_view name) {
  const json::value* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_string()) {
    if (const auto share = parse_percent(std::string(value->get_string()))) return share;
  }
  refuse(quoted(name) + " takes a text from \"0%\" to \"100%\"");
  return std::nullopt;
}

std::optional<std::size_t> AdminOrder::count(std::string_view name, std::int64_t least) {
  const json::value* value = find(name);
  if (value == nullptr) return std::nullopt;
  const std::int64_t* number = value->if_int64();
  if (number != nullptr && *number >= least && *number <= kMostCount) {
    return static_cast<std::size_t>(*number);
  }
  refuse(quoted(name) + " takes a whole number from " + std::to_string(least) + " to " +
         std::to_string(kMostCount));
  return std::nullopt;
}

void AdminOrder::refuse(std::string sentence) {
  if (problem_.empty()) problem_ = std::move(sentence);
}

std::string AdminOrder::problem() const {
  for (const json::key_value_pair& member : members_) {
    const std::string_view name(member.key().data(), member.key().size());
    if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
    std::string sentence = "there is no key " + quoted(name) + " here; the keys are";
    for (const std::string_view known : known_) sentence += " " + quoted(known);
    return sentence;
  }
  return problem_;
}

const json::value* AdminOrder::find(std::string_view name) {
  known_.push_back(name);
  return members_.if_contains({name.data(), name.size()});
}

}  // namespace payferry::simulator
