#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/simulator/core/property_value.hpp"

namespace payferry::simulator {

/// A name of the error's context with its values.
using ErrorContext = std::vector<std::pair<std::string, std::vector<std::string>>>;

/// An error as HubSpot tells it, of a whole request or of one record in a 207 (contract §3.1).
struct ApiError {
  int status = 400;
  std::string category = "VALIDATION_ERROR";
  std::string message;
  std::string sub_category;
  ErrorContext context;
  std::vector<PropertyProblem>
      problems;  ///< told inside the message, and in `errors` of a whole request
};

/// What is told of one record in the `errors` of a batch answer.
boost::json::object record_error(const ApiError& error, const std::vector<std::string>& trace_ids);

/// The body of a request that is refused whole.
std::string error_body(const ApiError& error, std::string_view correlation_id);

ApiError invalid_values(std::vector<PropertyProblem> problems, std::uint64_t portal_id);
ApiError required_missing(std::string_view error_name, std::vector<std::string> properties);
ApiError unique_value_taken(std::string_view error_name, std::uint64_t portal_id,
                            std::string_view property, std::string_view value, std::uint64_t id,
                            std::uint64_t holder);
ApiError already_exists(std::string_view error_name, std::uint64_t holder);
ApiError not_found(std::string_view error_name, std::vector<std::string> ids);
ApiError duplicate_ids(std::string_view ids_text, std::vector<std::string> ids);
ApiError non_unique_property(std::string_view type_id, std::string_view property,
                             std::uint64_t portal_id);
ApiError too_many_inputs(std::size_t most);
ApiError invalid_json(std::string_view body, std::size_t offset, std::string_view what);
ApiError missing_scopes(std::vector<std::string> scopes);

}  // namespace payferry::simulator
