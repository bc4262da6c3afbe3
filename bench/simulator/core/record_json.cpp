#include "bench/simulator/core/record_json.hpp"

#include <charconv>

#include "model/json_text.hpp"

namespace payferry::simulator {

namespace {

void append_number(std::string& out, std::uint64_t number) {
  char text[20];
  const auto result = std::to_chars(text, text + sizeof text, number);
  out.append(text, result.ptr);
}

}  // namespace

RecordJson::RecordJson(const ObjectType& type, std::uint64_t portal_id)
    : type_(type),
      url_start_(",\"url\":\"https://app.hubspot.com/contacts/" + std::to_string(portal_id) +
                 "/record/" + type.type_id() + "/"),
      created_name_(type.find("createdate") ? "\"createdate\":\"" : "\"hs_createdate\":\""),
      modified_name_(type.find("lastmodifieddate") ? "\",\"lastmodifieddate\":\""
                                                   : "\",\"hs_lastmodifieddate\":\"") {
  for (const PropertyDefinition& property : type.properties()) {
    std::string& text = name_texts_.emplace_back();
    append_json_string(text, property.name);
    text += ':';
  }
}

void RecordJson::append(std::string& out, const ShownRecord& record) const {
  out += "{\"id\":\"";
  append_number(out, record.id);
  out += "\",\"properties\":{";
  for (const PropertyValue& value : record.values) {
    out += name_texts_[value.property];
    append_json_string(out, value.value);
    out += ',';
  }
  append_stamps(out, record.id, record.created_at, record.updated_at);
  out += ",\"hs_object_source\":\"INTEGRATION\"}";
  append_tail(out, record);
}

void RecordJson::append_read(std::string& out, const Record& record,
                             std::span<const std::string_view> properties) const {
  out += "{\"id\":\"";
  append_number(out, record.id);
  out += "\",\"properties\":{";
  for (const std::string_view name : properties) {
    const auto property = type_.find(name);
    if (!property || name == "hs_createdate" || name == "hs_lastmodifieddate" ||
        name == "hs_object_id") {
      continue;
    }
    out += name_texts_[*property];
    const auto value = record.properties.find(*property);
    if (value) {
      append_json_string(out, *value);
    } else if (const auto own = value_set_by_hubspot(name, record)) {
      append_json_string(out, *own);
    } else {
      out += "null";
    }
    out += ',';
  }
  append_stamps(out, record.id, record.created_at, record.updated_at);
  out += '}';
  append_tail(out, {.id = record.id,
                    .created_at = record.created_at,
                    .updated_at = record.updated_at,
                    .archived = record.archived,
                    .values = {},
                    .is_new = std::nullopt,
                    .trace_id = std::nullopt});
}

void RecordJson::append_stamps(std::string& out, std::uint64_t id, Instant created_at,
                               Instant updated_at) const {
  out += created_name_;
  append_iso8601(out, created_at);
  out += modified_name_;
  append_iso8601(out, updated_at);
  out += "\",\"hs_object_id\":\"";
  append_number(out, id);
  out += '"';
}

void RecordJson::append_tail(std::string& out, const ShownRecord& record) const {
  out += ",\"createdAt\":\"";
  append_iso8601(out, record.created_at);
  out += "\",\"updatedAt\":\"";
  append_iso8601(out, record.updated_at);
  out += record.archived ? "\",\"archived\":true" : "\",\"archived\":false";
  out += url_start_;
  append_number(out, record.id);
  out += '"';
  if (record.is_new) out += *record.is_new ? ",\"new\":true" : ",\"new\":false";
  if (record.trace_id) {
    out += ",\"objectWriteTraceId\":";
    append_json_string(out, *record.trace_id);
  }
  out += '}';
}

std::optional<std::string> value_set_by_hubspot(std::string_view property, const Record& record) {
  if (property == "hs_object_id") return std::to_string(record.id);
  if (property == "hs_createdate" || property == "createdate") return to_iso8601(record.created_at);
  if (property == "hs_lastmodifieddate" || property == "lastmodifieddate") {
    return to_iso8601(record.updated_at);
  }
  if (property == "hs_object_source") return "INTEGRATION";
  return std::nullopt;
}

}  // namespace payferry::simulator
