#include "model/error_kind.hpp"

#include <algorithm>

namespace payferry {

namespace {

template <class... Words>
bool is_one_of(std::string_view text, Words... words) {
  return ((text == words) || ...);
}

bool has_code(const AnsweredError& error, auto&& is_it) {
  return is_it(error.category) || is_it(error.code) || is_it(error.sub_category) ||
         std::any_of(error.problems.begin(), error.problems.end(),
                     [&](const AnsweredProblem& problem) { return is_it(problem.code); });
}

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return lowered;
}

std::string property_of(const AnsweredError& error) {
  if (!error.held_property.empty()) return error.held_property;
  for (const AnsweredProblem& problem : error.problems) {
    if (!problem.property.empty()) return problem.property;
  }
  return error.properties.empty() ? std::string() : error.properties.front();
}

}  // namespace

bool says_anything(const AnsweredError& error) {
  return !error.category.empty() || !error.code.empty() || !error.message.empty() ||
         !error.policy_name.empty();
}

bool is_unique_conflict(const AnsweredError& error) {
  return !error.existing_id.empty() || !error.held_property.empty() ||
         has_code(error, [](std::string_view code) {
           return is_one_of(code, "CONFLICT", "OBJECT_ALREADY_EXISTS", "UNIQUE_VALUE_CONFLICT",
                            "CONFLICTING_UNIQUE_VALUE");
         });
}

bool is_unusable_property(const AnsweredProblem& problem) {
  if (is_one_of(problem.code, "PROPERTY_DOESNT_EXIST", "READ_ONLY_VALUE", "READ_ONLY_PROPERTY",
                "PROPERTY_IS_READ_ONLY")) {
    return true;
  }
  // The code of a read-only property is not documented (contract §3.3), so its words count.
  const std::string message = lower(problem.message);
  return message.find("read only") != std::string::npos ||
         message.find("read-only") != std::string::npos;
}

bool is_rate_limit(const AnsweredError& error) {
  return !error.policy_name.empty() || has_code(error, [](std::string_view code) {
    return is_one_of(code, "RATE_LIMIT", "RATE_LIMITS");
  });
}

bool is_not_found(const AnsweredError& error) {
  return error.category == "OBJECT_NOT_FOUND" || error.code == "OBJECT_NOT_FOUND";
}

bool is_server_fault(const AnsweredError& error) {
  return has_code(error, [](std::string_view code) {
    return is_one_of(code, "INTERNAL_ERROR", "INTERNAL_SERVER_ERROR", "SERVER_ERROR", "TIMEOUT",
                     "SERVICE_UNAVAILABLE", "REQUEST_TIMEOUT", "GATEWAY_TIMEOUT");
  });
}

Refusal to_refusal(const AnsweredError& error, const Answer& answer) {
  Refusal refusal;
  refusal.category = error.category;
  refusal.code = error.code;
  refusal.property = property_of(error);
  refusal.message = error.message;
  if (refusal.message.empty()) {
    refusal.message =
        "HubSpot refused it with status " + std::to_string(answer.status) + " and gave no reason";
  }
  refusal.correlation_id =
      answer.correlation_id.empty() ? error.correlation_id : answer.correlation_id;
  return refusal;
}

}  // namespace payferry
