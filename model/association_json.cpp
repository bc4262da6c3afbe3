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

void add_associations(std::string& input, std::string_view elements) {
  constexpr std::string_view kEnd = "]}";
  if (elements.empty()) return;
  input.resize(input.size() - kEnd.size());
  if (input.ends_with('}')) input += ',';
  input += elements;
  input += kEnd;
}

}  // namespace payferry
