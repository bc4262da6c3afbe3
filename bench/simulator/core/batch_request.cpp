#include "bench/simulator/core/batch_request.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace payferry::simulator {

namespace {

namespace json = boost::json;

std::string_view view(const json::string& text) {
  return {text.data(), text.size()};
}

// Boost.JSON's tree needs about twice the text; what does not fit goes to the heap.
std::size_t tree_size(std::string_view body) {
  return body.size() * 2 + 1024;
}

}  // namespace

BatchRequest::BatchRequest(std::string_view body)
    : buffer_(std::make_unique_for_overwrite<unsigned char[]>(tree_size(body))),
      memory_(buffer_.get(), tree_size(body)),
      document_(&memory_) {
  json::error_code error;
  json::parser parser;
  parser.reset(&memory_);
  const std::size_t read_to = parser.write_some(body.data(), body.size(), error);
  if (!error) document_ = parser.release();
  if (error || read_to != body.size()) {
    error_ = invalid_json(body, read_to, "Could not read the request body.");
  } else if (!document_.is_object()) {
    error_ = invalid_json(body, 0, "Expected an object.");
  } else {
    read(document_.get_object());
  }
}

void BatchRequest::read(const json::object& object) {
  if (const json::value* property = object.if_contains("idProperty"))
    id_property_ = text_of(*property);
  if (const json::value* history = object.if_contains("propertiesWithHistory")) {
    with_history_ = history->is_array() && !history->get_array().empty();
  }
  if (const json::value* properties = object.if_contains("properties");
      properties != nullptr && properties->is_array()) {
    for (const json::value& name : properties->get_array()) requested_.push_back(text_of(name));
  }
  if (const json::value* inputs = object.if_contains("inputs");
      inputs != nullptr && inputs->is_array()) {
    has_inputs_ = true;
    read_inputs(inputs->get_array());
  }
}

void BatchRequest::read_inputs(const json::array& inputs) {
  std::size_t values = 0;
  std::size_t associations = 0;
  for (const json::value& input : inputs) {
    if (!input.is_object()) {
      error_ = invalid_json({}, 0, "Each of inputs must be an object.");
      return;
    }
    // Spans into values_ and associations_ must hold, so both get their memory once.
    if (const json::value* properties = input.get_object().if_contains("properties")) {
      values += properties->is_object() ? properties->get_object().size() : 0;
    }
    if (const json::value* to = input.get_object().if_contains("associations")) {
      associations += to->is_array() ? to->get_array().size() : 0;
    }
  }
  inputs_.reserve(inputs.size());
  values_.reserve(values);
  associations_.reserve(associations);
  for (const json::value& input : inputs) read_input(input.get_object());
}

void BatchRequest::read_input(const json::object& object) {
  inputs_.emplace_back();
  for (const json::key_value_pair& member : object) {
    const std::string_view key(member.key().data(), member.key().size());
    const json::value& value = member.value();
    if (key == "id") {
      inputs_.back().id = text_of(value);
    } else if (key == "idProperty") {
      inputs_.back().id_property = text_of(value);
    } else if (key == "objectWriteTraceId") {
      inputs_.back().trace_id = text_of(value);
    } else if (key == "properties" && value.is_object()) {
      read_properties(value.get_object());
    } else if (key == "associations" && value.is_array()) {
      read_associations(value.get_array());
    }
  }
}

void BatchRequest::read_properties(const json::object& object) {
  const std::size_t first = values_.size();
  for (const json::key_value_pair& member : object) {
    values_.push_back({{member.key().data(), member.key().size()}, text_of(member.value())});
  }
  inputs_.back().properties = std::span(values_).subspan(first);
}

void BatchRequest::read_associations(const json::array& array) {
  const std::size_t first = associations_.size();
  for (const json::value& item : array) {
    const json::object* object = item.if_object();
    if (object == nullptr) continue;
    AssociationInput association;
    if (const json::value* to = object->if_contains("to"); to != nullptr && to->is_object()) {
      if (const json::value* id = to->get_object().if_contains("id"))
        association.to_id = text_of(*id);
    }
    if (const json::value* types = object->if_contains("types");
        types != nullptr && types->is_array() && !types->get_array().empty() &&
        types->get_array().front().is_object()) {
      const json::value* type =
          types->get_array().front().get_object().if_contains("associationTypeId");
      if (type != nullptr && type->is_int64()) {
        association.type_id = static_cast<std::uint32_t>(type->get_int64());
      }
    }
    associations_.push_back(association);
  }
  inputs_.back().associations = std::span(associations_).subspan(first);
}

std::string_view BatchRequest::text_of(const json::value& value) {
  if (const json::string* text = value.if_string()) return view(*text);
  if (value.is_null()) return {};
  return texts_.keep(json::serialize(value));
}

}  // namespace payferry::simulator
