#include "model/association_type.hpp"

#include <algorithm>

#include "model/nearest_name.hpp"

namespace payferry {

namespace {

constexpr std::string_view kHubSpotDefined = "HUBSPOT_DEFINED";

/// "524", or "12 \"Payer\" (USER_DEFINED)"
std::string shown(const AssociationLabel& label) {
  std::string text = std::to_string(label.type_id);
  if (!label.label.empty()) text += " \"" + label.label + '"';
  if (label.category != kHubSpotDefined) text += " (" + label.category + ")";
  return text;
}

std::string list_of(const std::vector<AssociationLabel>& labels) {
  std::string text;
  for (const AssociationLabel& label : labels) text += (text.empty() ? "" : ", ") + shown(label);
  return text;
}

std::string way_of(const AssociationRule& rule, std::string_view object) {
  return "from " + std::string(object) + " to " + rule.to;
}

/// With the rule's own category where that exists; the id tells the category else.
const AssociationLabel* find_label(const AssociationRule& rule,
                                   const std::vector<AssociationLabel>& labels) {
  const AssociationLabel* found = nullptr;
  for (const AssociationLabel& label : labels) {
    if (label.type_id != rule.type_id) continue;
    if (label.category == rule.category) return &label;
    found = &label;
  }
  return found;
}

}  // namespace

tl::expected<AssociationRule, std::string> with_type(AssociationRule rule,
                                                     const std::vector<AssociationLabel>& labels,
                                                     std::string_view object) {
  if (labels.empty()) {
    return tl::unexpected("HubSpot knows no association " + way_of(rule, object) +
                          "; take it out of [[associations]]");
  }
  const AssociationLabel* const label =
      rule.type_id ? find_label(rule, labels) : default_label(labels);
  if (label == nullptr && rule.type_id) {
    return tl::unexpected("type_id = " + std::to_string(*rule.type_id) + " is no association " +
                          way_of(rule, object) + ": HubSpot knows " + list_of(labels) +
                          ". Correct it, or leave type_id out");
  }
  if (label == nullptr) {
    return tl::unexpected("The association " + way_of(rule, object) +
                          " needs type_id: HubSpot knows " + list_of(labels));
  }
  if (label->category != rule.category && rule.category != kHubSpotDefined) {
    return tl::unexpected("category = \"" + rule.category +
                          "\" does not fit type_id = " + std::to_string(label->type_id) +
                          ", which is " + label->category + " " + way_of(rule, object));
  }
  rule.type_id = label->type_id;
  rule.category = label->category;
  return rule;
}

tl::expected<Uniqueness, std::string> check_match(const AssociationRule& rule,
                                                  const PropertySchema& schema) {
  const PropertyDefinition* const property = schema.find(*rule.match);
  if (property != nullptr) {
    return property->has_unique_value ? Uniqueness::certain : Uniqueness::doubtful;
  }
  const std::vector<std::string_view> names = schema.names();
  const auto nearest = nearest_name(*rule.match, std::span<const std::string_view>(names));
  return tl::unexpected("HubSpot has no property \"" + *rule.match + "\" of " + rule.to +
                        " to match by; " +
                        (nearest ? "did you mean \"" + std::string(*nearest) + "\"?"
                                 : std::string("name one that has unique values")));
}

}  // namespace payferry
