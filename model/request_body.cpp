#include "model/request_body.hpp"

#include <charconv>

#include "model/association_json.hpp"
#include "model/json_text.hpp"

namespace payferry {

namespace {

/// Appends the entries of a JSON list by append_one, with commas between them.
template <class List, class AppendOne>
void append_list(std::string& out, const List& list, AppendOne&& append_one) {
  out += '[';
  bool first = true;
  for (const auto& entry : list) {
    if (!first) out += ',';
    first = false;
    append_one(entry);
  }
  out += ']';
}

void append_texts(std::string& out, std::span<const std::string_view> texts) {
  append_list(out, texts, [&out](std::string_view text) { append_json_string(out, text); });
}

void append_id_inputs(std::string& out, std::span<const std::string_view> ids) {
  out += R"("inputs":)";
  append_list(out, ids, [&out](std::string_view id) {
    out += R"({"id":)";
    append_json_string(out, id);
    out += '}';
  });
}

void append_id(std::string& out, std::string_view name, std::string_view id) {
  append_json_string(out, name);
  out += R"(:{"id":)";
  append_json_string(out, id);
  out += "},";
}

void append_number(std::string& out, unsigned number) {
  char digits[16];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

std::size_t bytes_of(std::span<const BatchEntry* const> entries) {
  std::size_t bytes = 16;
  for (const BatchEntry* const entry : entries)
    bytes += entry->input.size() + entry->associations.size() + 1;
  return bytes;
}

}  // namespace

void append_write_body(std::string& out, std::span<const BatchEntry* const> entries) {
  out.reserve(out.size() + bytes_of(entries));
  out += R"({"inputs":)";
  append_list(out, entries, [&out](const BatchEntry* entry) {
    append_associated_input(out, entry->input, entry->associations);
  });
  out += '}';
}

void append_read_body(std::string& out, std::span<const std::string_view> keys,
                      std::string_view id_property, std::span<const std::string_view> properties) {
  out += R"({"properties":)";
  append_texts(out, properties);
  out += R"(,"propertiesWithHistory":[],"idProperty":)";
  append_json_string(out, id_property);
  out += ',';
  append_id_inputs(out, keys);
  out += '}';
}

void append_read_by_id_body(std::string& out, std::span<const std::string_view> ids,
                            std::span<const std::string_view> properties) {
  out += R"({"properties":)";
  append_texts(out, properties);
  out += R"(,"propertiesWithHistory":[],)";
  append_id_inputs(out, ids);
  out += '}';
}

void append_archive_body(std::string& out, std::span<const std::string_view> ids) {
  out += '{';
  append_id_inputs(out, ids);
  out += '}';
}

void append_associate_body(std::string& out, std::span<const AssociationInput> inputs) {
  out += R"({"inputs":)";
  append_list(out, inputs, [&out](const AssociationInput& input) {
    out += '{';
    append_id(out, "from", input.from_id);
    append_id(out, "to", input.to_id);
    out += R"("types":[{"associationCategory":)";
    append_json_string(out, input.category);
    out += R"(,"associationTypeId":)";
    append_number(out, input.type_id);
    out += "}]}";
  });
  out += '}';
}

}  // namespace payferry
