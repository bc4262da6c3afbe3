#include "model/association_json.hpp"

#include "model/digits.hpp"
#include "model/json_text.hpp"

namespace payferry {

bool is_record_id(std::string_view text) {
  return text.size() <= 20 && all_digits(text);
}

void append_association(std::string& elements, const AssociationRule& rule,
                        std::string_view record_id) {
  if (elements.ends_with('}')) elements += ',';
  elements += R"({"to":{"id":")";
  append_json_content(elements, record_id);
  elements += R"("},"types":[{"associationCategory":)";
  append_json_string(elements, rule.category);
  elements += R"(,"associationTypeId":)";
  append_number(elements, rule.type_id.value());
  elements += "}]}";
}

void append_associated_input(std::string& out, std::string_view input, std::string_view elements) {
  constexpr std::string_view kEnd = "]}";
  if (!elements.empty()) input.remove_suffix(kEnd.size());
  out += input;
  if (elements.empty()) return;
  out += elements;
  out += kEnd;
}

}  // namespace payferry
