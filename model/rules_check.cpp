#include "model/rules_check.hpp"

#include "model/nearest_name.hpp"
#include "model/property_fit.hpp"

namespace payferry {

namespace {

std::string quoted(std::string_view text) {
  return '"' + std::string(text) + '"';
}

class Checker {
 public:
  Checker(const MappingRules& rules, const PropertySchema& schema, std::string_view object)
      : rules_(rules), schema_(schema), object_(object) {}

  std::vector<RuleProblem> check();

 private:
  void check_rule(const PropertyRule& rule);
  void check_type(const PropertyRule& rule, const PropertyDefinition& property);
  void check_values(const PropertyRule& rule, const PropertyDefinition& property);
  void check_value(const PropertyDefinition& property, std::string_view value,
                   std::string_view where);
  void check_id_property();
  void check_run_property();
  const PropertyDefinition* find(std::string_view name, std::string_view remedy);
  bool check_writable(const PropertyDefinition& property);
  void report(std::string_view property, std::string message, bool is_doubt = false);

  const MappingRules& rules_;
  const PropertySchema& schema_;
  std::string_view object_;
  std::string place_;  ///< of the rule that is looked at
  std::vector<RuleProblem> problems_;
};

void Checker::report(std::string_view property, std::string message, bool is_doubt) {
  if (!place_.empty()) message = place_ + ": " + message;
  problems_.push_back({std::string(property), std::move(message), is_doubt});
}

const PropertyDefinition* Checker::find(std::string_view name, std::string_view remedy) {
  const PropertyDefinition* const property = schema_.find(name);
  if (property != nullptr) return property;
  const std::vector<std::string_view> names = schema_.names();
  const auto nearest = nearest_name(name, std::span<const std::string_view>(names));
  report(name, "HubSpot has no property " + quoted(name) + " of " + std::string(object_) + "; " +
                   (nearest ? "did you mean " + quoted(*nearest) + "?" : std::string(remedy)));
  return nullptr;
}

bool Checker::check_writable(const PropertyDefinition& property) {
  if (property.archived) {
    report(property.name,
           "Property " + quoted(property.name) +
               " is archived in HubSpot; restore it there, or take it out of the config.");
  } else if (property.read_only_value || property.calculated) {
    report(property.name, "Property " + quoted(property.name) +
                              " is read-only in HubSpot; take it out of the config.");
  } else {
    return true;
  }
  return false;
}

void Checker::check_type(const PropertyRule& rule, const PropertyDefinition& property) {
  const Fit fit = fit_of(rule.type, property.type);
  if (fit == Fit::fits) return;
  const std::string mismatch = "Property " + quoted(property.name) + " has type " + property.type +
                               " in HubSpot, and type = " + quoted(name_of(rule.type));
  const std::string remedy = "; write type = " + quoted(fitting_type(property.type)) + ".";
  if (fit == Fit::doubtful) {
    report(property.name, mismatch + " may not be taken for one" + remedy, true);
  } else {
    report(property.name, mismatch + " makes something else of it" + remedy);
  }
}

void Checker::check_value(const PropertyDefinition& property, std::string_view value,
                          std::string_view where) {
  if (takes(property, value)) return;
  report(property.name, std::string(where) + " " + quoted(value) + " of property " +
                            quoted(property.name) +
                            " is not what HubSpot takes: " + expected_of(property, value) + ".");
}

void Checker::check_values(const PropertyRule& rule, const PropertyDefinition& property) {
  if (rule.value) check_value(property, *rule.value, "The constant");
  // A map of currencies is a table of all that may come, whichever of them the account has.
  const bool is_table = rule.property == rules_.currency_property;
  for (const auto& [source, target] : rule.map) {
    if (is_table) break;
    check_value(property, target, "The map's target for " + quoted(source) + ",");
  }
  // A default may stand for a cell's text, which is mapped and converted yet.
  const bool as_it_is = rule.map.empty() && rule.type == ValueType::string;
  if (rule.default_value && (as_it_is || property.type == "enumeration") &&
      !rule.map.contains(*rule.default_value)) {
    check_value(property, *rule.default_value, "The default");
  }
}

void Checker::check_rule(const PropertyRule& rule) {
  place_ = rule.place;
  const PropertyDefinition* const property =
      find(rule.property, "create it in HubSpot, or take it out of [properties].");
  if (property == nullptr || !check_writable(*property)) return;
  // A constant and a mapped cell are sent as they are written, whatever the type.
  if (!rule.value && rule.map.empty()) check_type(rule, *property);
  check_values(rule, *property);
}

void Checker::check_id_property() {
  const std::string& name = rules_.id_property;
  const PropertyDefinition* const property = name.empty() ? nullptr : schema_.find(name);
  if (property == nullptr || property->has_unique_value) return;
  std::string candidates;
  for (const PropertyDefinition& other : schema_.properties()) {
    if (!other.has_unique_value || other.read_only_value || other.archived) continue;
    candidates += (candidates.empty() ? "" : ", ") + other.name;
  }
  report(name,
         "id_property " + quoted(name) +
             " is not unique in HubSpot, so that it makes no retry safe; " +
             (candidates.empty()
                  ? std::string("create a property with hasUniqueValue, which an existing one "
                                "cannot be made.")
                  : "take one that is (" + candidates + ")."));
}

void Checker::check_run_property() {
  const std::string& name = rules_.run_property;
  if (name.empty()) return;
  const PropertyDefinition* const property =
      find(name, "create it as a single-line text, or take run_property out of [hubspot].");
  if (property == nullptr || !check_writable(*property)) return;
  if (property->type != "string") {
    report(name, "run_property " + quoted(name) + " has type " + property->type +
                     " in HubSpot; it has to be a text property.");
  } else if (property->has_unique_value) {
    report(name, "run_property " + quoted(name) +
                     " is unique in HubSpot, and every record of a run carries the same value; "
                     "take a text property without hasUniqueValue.");
  }
}

std::vector<RuleProblem> Checker::check() {
  for (const PropertyRule& rule : rules_.properties) check_rule(rule);
  place_.clear();
  check_id_property();
  check_run_property();
  return std::move(problems_);
}

}  // namespace

std::vector<RuleProblem> check_rules(const MappingRules& rules, const PropertySchema& schema,
                                     std::string_view object) {
  return Checker(rules, schema, object).check();
}

}  // namespace payferry
