#include "bench/simulator/core/api_error.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace payferry::simulator {

namespace {

namespace json = boost::json;

json::object context_json(const ErrorContext& context) {
  json::object object;
  for (const auto& [name, values] : context) object[name] = json::value_from(values);
  return object;
}

json::array problems_json(const std::vector<PropertyProblem>& problems, std::uint64_t portal_id) {
  json::array array;
  for (const PropertyProblem& problem : problems) {
    array.push_back({{"isValid", false},
                     {"message", problem.message},
                     {"error", problem.code},
                     {"name", problem.property},
                     {"localizedErrorMessage", problem.message},
                     {"portalId", portal_id}});
  }
  return array;
}

// Problems of different records that read the same are told once (a recorded answer has fewer
// `errors` than its message has problems, contract §3.2).
json::array details_json(const std::vector<PropertyProblem>& problems) {
  json::array array;
  for (auto problem = problems.begin(); problem != problems.end(); ++problem) {
    const bool told = std::any_of(problems.begin(), problem, [&](const PropertyProblem& other) {
      return other.message == problem->message;
    });
    if (told) continue;
    array.push_back({{"message", problem->message},
                     {"code", problem->code},
                     {"context", {{"propertyName", json::array{problem->property}}}}});
  }
  return array;
}

json::array scope_details(const ErrorContext& context) {
  return {{{"message", "One or more of the following scopes are required."},
           {"context", context_json(context)}}};
}

ApiError validation(std::string message) {
  ApiError error;
  error.message = std::move(message);
  return error;
}

}  // namespace

json::object record_error(const ApiError& error, const std::vector<std::string>& trace_ids) {
  json::object object{{"status", "error"}, {"category", error.category}};
  if (!error.sub_category.empty()) object["subCategory"] = error.sub_category;
  object["message"] = error.message;
  json::object context = context_json(error.context);
  if (!trace_ids.empty()) context["objectWriteTraceId"] = json::value_from(trace_ids);
  object["context"] = std::move(context);
  return object;
}

std::string error_body(const ApiError& error, std::string_view correlation_id) {
  json::object object{
      {"status", "error"}, {"message", error.message}, {"correlationId", correlation_id}};
  if (error.category == "MISSING_SCOPES") {
    object["errors"] = scope_details(error.context);
    object["links"] = {{"scopes", "https://developers.hubspot.com/scopes"}};
  } else if (!error.context.empty()) {
    object["context"] = context_json(error.context);
  }
  if (!error.problems.empty()) object["errors"] = details_json(error.problems);
  if (!error.category.empty()) object["category"] = error.category;
  if (!error.sub_category.empty()) object["subCategory"] = error.sub_category;
  return json::serialize(object);
}

ApiError invalid_values(std::vector<PropertyProblem> problems, std::uint64_t portal_id) {
  ApiError error = validation("Property values were not valid: " +
                              json::serialize(problems_json(problems, portal_id)));
  error.problems = std::move(problems);
  return error;
}

ApiError required_missing(std::string_view error_name, std::vector<std::string> properties) {
  ApiError error = validation("Error creating " + std::string(error_name) +
                              ". Some required properties were not set.");
  error.context = {{"properties", std::move(properties)}};
  return error;
}

ApiError unique_value_taken(std::string_view error_name, std::uint64_t portal_id,
                            std::string_view property, std::string_view value, std::uint64_t id,
                            std::uint64_t holder) {
  return validation("Cannot set PropertyValueCoordinates{portalId=" + std::to_string(portal_id) +
                    ", objectTypeId=ObjectTypeId{legacyObjectType=" + std::string(error_name) +
                    "}, propertyName=" + std::string(property) + ", value=" + std::string(value) +
                    "} on " + std::to_string(id) + ". " + std::to_string(holder) +
                    " already has that value.");
}

// "CONTACT" becomes "Contact", as in the recorded answer (contract §2.2).
ApiError already_exists(std::string_view error_name, std::uint64_t holder) {
  std::string name(error_name);
  std::transform(name.begin() + 1, name.end(), name.begin() + 1, [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  ApiError error = validation(name + " already exists. Existing ID: " + std::to_string(holder));
  error.status = 409;
  error.category = "CONFLICT";
  error.context = {{"existingId", {std::to_string(holder)}}};
  return error;
}

ApiError not_found(std::string_view error_name, std::vector<std::string> ids) {
  ApiError error =
      validation("Could not get some " + std::string(error_name) +
                 " objects, they may be deleted or not exist. Check that ids are valid.");
  error.status = 404;
  error.category = "OBJECT_NOT_FOUND";
  error.context = {{"ids", std::move(ids)}};
  return error;
}

ApiError duplicate_ids(std::string_view ids_text, std::vector<std::string> ids) {
  ApiError error = validation("Duplicate IDs found in batch input: [" + std::string(ids_text) +
                              "]. IDs must be unique");
  error.context = {{"ids", std::move(ids)}};
  return error;
}

ApiError non_unique_property(std::string_view type_id, std::string_view property,
                             std::uint64_t portal_id) {
  return validation("Unable to perform update/upsert by non-unique " + std::string(type_id) +
                    " property " + std::string(property) + " in portal ID " +
                    std::to_string(portal_id));
}

ApiError too_many_inputs(std::size_t most) {
  if (most == 50) {
    return validation(
        "The maximum number of inputs supported in a batch request for property histories is 50");
  }
  return validation("The maximum number of inputs supported in a batch is " + std::to_string(most) +
                    ". Please reduce the number of items and try again");
}

ApiError invalid_json(std::string_view body, std::size_t offset, std::string_view what) {
  const std::string_view before = body.substr(0, offset);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t last_line = before.rfind('\n') + 1;
  return validation("Invalid input JSON on line " + std::to_string(line) + ", column " +
                    std::to_string(before.size() - last_line + 1) + ". " + std::string(what));
}

ApiError missing_scopes(std::vector<std::string> scopes) {
  ApiError error = validation(
      "This app hasn't been granted all required scopes to make this call. Read more about "
      "required scopes "
      "here: https://developers.hubspot.com/scopes.");
  error.status = 403;
  error.category = "MISSING_SCOPES";
  error.context = {{"requiredGranularScopes", std::move(scopes)}};
  return error;
}

}  // namespace payferry::simulator
