#include "loader/check/association_check.hpp"

#include <algorithm>

namespace payferry {

namespace {

std::string shown_labels(const std::vector<AssociationLabel>& labels) {
  constexpr std::size_t kMost = 8;
  std::string text;
  for (std::size_t at = 0; at < std::min(kMost, labels.size()); ++at) {
    const AssociationLabel& label = labels[at];
    text += (at == 0 ? "" : ", ") + std::to_string(label.type_id) + " " + label.category +
            (label.label.empty() ? "" : " \"" + label.label + '"');
  }
  return text + (labels.size() > kMost ? ", …" : "");
}

bool has_label(const std::vector<AssociationLabel>& labels, const AssociationRule& rule) {
  return std::any_of(labels.begin(), labels.end(), [&](const AssociationLabel& label) {
    return label.type_id == *rule.type_id && label.category == rule.category;
  });
}

}  // namespace

std::optional<RuleProblem> check_association(AssociationRule& rule, const std::string& object,
                                             const std::vector<AssociationLabel>& labels) {
  RuleProblem problem;
  const std::string between = "from " + object + " to " + rule.to;
  if (labels.empty()) {
    problem.message = "HubSpot has no association " + between +
                      "; take it out of [[associations]], or correct its to.";
    return problem;
  }
  if (rule.type_id) {
    if (has_label(labels, rule)) return std::nullopt;
    problem.message = "HubSpot has no association " + between + " with type_id " +
                      std::to_string(*rule.type_id) + " and category " + rule.category +
                      "; take one that it has (" + shown_labels(labels) + ").";
    return problem;
  }
  const AssociationLabel* const usual = default_label(labels);
  if (usual != nullptr) {
    rule.type_id = usual->type_id;
    rule.category = usual->category;
    return std::nullopt;
  }
  problem.message = "HubSpot has several associations " + between + " (" + shown_labels(labels) +
                    "), and none is the usual one; set type_id and category to one of them.";
  return problem;
}

}  // namespace payferry
