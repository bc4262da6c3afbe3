#include "bench/simulator/core/property_endpoints.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "bench/simulator/core/batch_answer.hpp"

namespace payferry::simulator {

namespace {

namespace json = boost::json;

constexpr std::size_t kMostUniqueProperties = 10;

struct TypeNames {
  PropertyType type;
  std::string_view name;
  std::string_view field_type;
};

constexpr TypeNames kTypes[] = {{PropertyType::text, "string", "text"},
                                {PropertyType::number, "number", "number"},
                                {PropertyType::datetime, "datetime", "date"},
                                {PropertyType::date, "date", "date"},
                                {PropertyType::enumeration, "enumeration", "select"},
                                {PropertyType::boolean, "bool", "booleancheckbox"},
                                {PropertyType::email, "string", "text"},
                                {PropertyType::text, "phone_number", "phonenumber"}};

const TypeNames& names_of(PropertyType type) {
  return *std::find_if(std::begin(kTypes), std::end(kTypes),
                       [&](const TypeNames& names) { return names.type == type; });
}

json::array options_json(const PropertyDefinition& property) {
  json::array options;
  for (const std::string& option : property.options) {
    options.push_back({{"label", option},
                       {"value", option},
                       {"displayOrder", options.size()},
                       {"hidden", false}});
  }
  return options;
}

std::string default_group(const ObjectType& type) {
  return type.scope() + "_information";
}

json::object property_json(const ObjectType& type, const PropertyDefinition& property) {
  const TypeNames& names = names_of(property.type);
  return {{"name", property.name},
          {"label", property.label.empty() ? property.name : property.label},
          {"type", names.name},
          {"fieldType",
           property.field_type.empty() ? names.field_type : std::string_view(property.field_type)},
          {"description", ""},
          {"groupName", property.group_name.empty() ? default_group(type) : property.group_name},
          {"options", options_json(property)},
          {"hasUniqueValue", property.unique},
          {"calculated", false},
          {"hidden", false},
          {"hubspotDefined", property.hubspot_defined},
          {"archived", false},
          {"dataSensitivity", "non_sensitive"},
          {"modificationMetadata",
           {{"archivable", !property.hubspot_defined},
            {"readOnlyDefinition", property.hubspot_defined},
            {"readOnlyOptions", property.hubspot_defined},
            {"readOnlyValue", property.read_only}}}};
}

std::string text_at(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

ApiError name_taken(const std::string& name) {
  ApiError error;
  error.status = 409;
  error.category = "OBJECT_ALREADY_EXISTS";
  error.sub_category = "Properties.PROPERTY_WITH_NAME_EXISTS";
  error.message = "A property named '" + name + "' already exists.";
  return error;
}

ApiError no_such_property(std::string_view name) {
  ApiError error;
  error.status = 404;
  error.category = "OBJECT_NOT_FOUND";
  error.message = "The property named " + std::string(name) + " does not exist";
  return error;
}

std::optional<ApiError> check_new(const ObjectType& type, const json::object& object) {
  std::string missing;
  for (const char* name : {"name", "label", "type", "fieldType", "groupName"}) {
    if (text_at(object, name).empty()) missing += (missing.empty() ? "" : ", ") + std::string(name);
  }
  if (!missing.empty()) {
    return invalid_json({}, 0, "Some required fields were not set: [" + missing + "]");
  }
  const std::string type_name = text_at(object, "type");
  const bool known = std::any_of(std::begin(kTypes), std::end(kTypes),
                                 [&](const TypeNames& names) { return names.name == type_name; });
  ApiError error;
  if (!known) {
    error.message = "\"" + type_name + "\" is no property type";
    return error;
  }
  if (type.find(text_at(object, "name"))) return name_taken(text_at(object, "name"));
  const json::value* unique = object.if_contains("hasUniqueValue");
  const bool wants_unique = unique != nullptr && unique->is_bool() && unique->get_bool();
  if (wants_unique && type.unique_properties().size() >= kMostUniqueProperties) {
    error.message = "An object type has at most 10 properties with unique values";
    return error;
  }
  return std::nullopt;
}

PropertyDefinition read_definition(const json::object& object) {
  PropertyDefinition property;
  const std::string type_name = text_at(object, "type");
  property.name = text_at(object, "name");
  property.label = text_at(object, "label");
  property.field_type = text_at(object, "fieldType");
  property.group_name = text_at(object, "groupName");
  property.hubspot_defined = false;
  property.type = std::find_if(std::begin(kTypes), std::end(kTypes), [&](const TypeNames& names) {
                    return names.name == type_name;
                  })->type;
  if (const json::value* unique = object.if_contains("hasUniqueValue")) {
    property.unique = unique->is_bool() && unique->get_bool();
  }
  if (const json::value* options = object.if_contains("options");
      options != nullptr && options->is_array()) {
    for (const json::value& option : options->get_array()) {
      if (option.is_object()) property.options.push_back(text_at(option.get_object(), "value"));
    }
  }
  return property;
}

std::optional<json::object> parse_object(std::string_view body) {
  json::error_code error;
  json::value document = json::parse({body.data(), body.size()}, error);
  if (error || !document.is_object()) return std::nullopt;
  return document.get_object();
}

std::vector<json::object> inputs_of(const json::object& body) {
  std::vector<json::object> inputs;
  const json::value* array = body.if_contains("inputs");
  if (array == nullptr || !array->is_array()) return inputs;
  for (const json::value& input : array->get_array()) {
    if (input.is_object()) inputs.push_back(input.get_object());
  }
  return inputs;
}

Response unreadable(const CallContext& context, std::string_view body) {
  return context.refuse(invalid_json(body, 0, "Could not read the request body."));
}

}  // namespace

Response list_properties(const ObjectType& type) {
  json::array results;
  for (const PropertyDefinition& property : type.properties()) {
    results.push_back(property_json(type, property));
  }
  return {200, json::serialize(json::object{{"results", std::move(results)}})};
}

Response read_property(CallContext& context, const ObjectType& type, std::string_view name) {
  const auto property = type.find(percent_decoded(name));
  if (!property) return context.refuse(no_such_property(name));
  return {200, json::serialize(property_json(type, type.at(*property)))};
}

Response create_property(CallContext& context, ObjectType& type, std::string_view body) {
  const auto object = parse_object(body);
  if (!object) return unreadable(context, body);
  if (const auto error = check_new(type, *object)) return context.refuse(*error);
  const PropertyIndex index = type.add(read_definition(*object));
  return {201, json::serialize(property_json(type, type.at(index)))};
}

Response create_properties(CallContext& context, ObjectType& type, std::string_view body) {
  const auto object = parse_object(body);
  if (!object) return unreadable(context, body);
  json::array results;
  json::array errors;
  for (const json::object& input : inputs_of(*object)) {
    if (const auto error = check_new(type, input)) {
      errors.push_back(record_error(*error, {}));
    } else {
      results.push_back(property_json(type, type.at(type.add(read_definition(input)))));
    }
  }
  return batch_response(context, 201, std::move(results), std::move(errors));
}

Response read_properties(CallContext& context, const ObjectType& type, std::string_view body) {
  const auto object = parse_object(body);
  if (!object) return unreadable(context, body);
  json::array results;
  json::array errors;
  for (const json::object& input : inputs_of(*object)) {
    const std::string name = text_at(input, "name");
    if (const auto property = type.find(name)) {
      results.push_back(property_json(type, type.at(*property)));
    } else {
      errors.push_back(record_error(no_such_property(name), {}));
    }
  }
  return batch_response(context, 200, std::move(results), std::move(errors));
}

Response list_property_groups(const ObjectType& type) {
  json::array results{
      {{"name", default_group(type)}, {"label", "Information"}, {"archived", false}}};
  return {200, json::serialize(json::object{{"results", std::move(results)}})};
}

}  // namespace payferry::simulator
