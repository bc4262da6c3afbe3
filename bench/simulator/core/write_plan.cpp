#include "bench/simulator/core/write_plan.hpp"

#include <algorithm>

#include "bench/simulator/core/associations.hpp"

namespace payferry::simulator {

namespace {

constexpr std::size_t kMostDefaults = 2;

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

}  // namespace

WritePlanner::WritePlanner(CallContext& context, ObjectData& object, WriteKind kind)
    : context_(context), object_(object), type_(*object.type), kind_(kind) {}

WritePlan WritePlanner::plan(const BatchInput& input) {
  WritePlan plan;
  plan.input = &input;
  find_existing(plan);
  if (!plan.refusal) take_values(plan);
  if (!plan.refusal && plan.existing == nullptr) {
    plan.id = object_.records.take_id(context_.random);
    add_defaults(plan);
    check_required(plan);
  }
  if (!plan.refusal) check_associations(plan);
  if (!plan.refusal) check_unique(plan);
  if (!plan.refusal) reserve_unique(plan);
  return plan;
}

void WritePlanner::find_existing(WritePlan& plan) {
  if (kind_ == WriteKind::create) return;
  const BatchInput& input = *plan.input;
  if (input.id_property.empty()) {
    plan.existing = object_.records.find(input.id);
  } else {
    const PropertyIndex property = *type_.find(input.id_property);
    const std::string_view key = normalised(type_.at(property), input.id);
    plan.existing = object_.records.find_unique(property, key);
    if (kind_ == WriteKind::upsert) {
      plan.key = property;
      plan.values.push_back({property, key});
    }
  }
  const bool gone = plan.existing == nullptr || plan.existing->archived;
  if (kind_ == WriteKind::update && gone) {
    plan.refusal = not_found(type_.error_name(), {std::string(input.id)});
  } else if (plan.existing != nullptr && plan.existing->archived) {
    plan.existing = nullptr;
  }
  if (plan.existing != nullptr) plan.id = plan.existing->id;
}

void WritePlanner::take_values(WritePlan& plan) {
  plan.values.reserve(plan.values.size() + plan.input->properties.size() + kMostDefaults);
  for (const NamedValue& named : plan.input->properties) take_value(plan, named);
  if (plan.problems.empty()) return;
  plan.refusal = invalid_values(plan.problems, context_.account.options().portal_id);
}

void WritePlanner::take_value(WritePlan& plan, const NamedValue& named) {
  const auto property = type_.find(named.name);
  if (!property) return plan.problems.push_back(unknown_property(named.name));
  const PropertyDefinition& definition = type_.at(*property);
  if (definition.read_only) return plan.problems.push_back(read_only_property(named.name));
  if (!named.value.empty()) {
    auto problem = check_value(definition, named.value, context_.switches.bare_date_in_datetime);
    if (problem) return plan.problems.push_back(std::move(*problem));
  }
  const std::string_view value = normalised(definition, named.value);
  // An upsert's key stands first already, from the input's id; the properties may move it but not
  // clear it.
  const bool is_key = plan.key && *plan.key == *property;
  if (!is_key) {
    plan.values.push_back({*property, value});
  } else if (!value.empty()) {
    plan.values.front().value = value;
  }
}

// What HubSpot assumes for a payment that does not say (contract §5.1, §5.4).
void WritePlanner::add_defaults(WritePlan& plan) {
  std::erase_if(plan.values, [](const PropertyValue& value) { return value.value.empty(); });
  if (type_.error_name() != "COMMERCE_PAYMENT") return;
  const auto add = [&](std::string_view name, std::string_view value) {
    const PropertyIndex property = *type_.find(name);
    const bool sent =
        std::any_of(plan.values.begin(), plan.values.end(),
                    [&](const PropertyValue& one) { return one.property == property; });
    if (!sent) plan.values.push_back({property, value});
  };
  add("hs_latest_status", "processing");
  add("hs_currency_code", context_.account.options().company_currency);
}

void WritePlanner::check_required(WritePlan& plan) {
  std::vector<std::string> missing;
  for (const PropertyIndex required : type_.required_properties()) {
    const bool sent =
        std::any_of(plan.values.begin(), plan.values.end(),
                    [&](const PropertyValue& one) { return one.property == required; });
    if (!sent) missing.push_back(type_.at(required).name);
  }
  if (!missing.empty()) plan.refusal = required_missing(type_.error_name(), std::move(missing));
}

void WritePlanner::check_associations(WritePlan& plan) {
  for (const AssociationInput& association : plan.input->associations) {
    if (context_.switches.any_association_target) continue;
    const AssociationLabel* label = label_of(type_, association.type_id);
    ObjectData* target = label == nullptr ? nullptr : context_.account.find(label->to_object);
    const Record* record = target == nullptr ? nullptr : target->records.find(association.to_id);
    if (record != nullptr && !record->archived) continue;
    ApiError error;
    error.message = "one or more associations are not valid";
    plan.refusal = error;
    return;
  }
}

void WritePlanner::check_unique(WritePlan& plan) {
  for (const PropertyValue& value : plan.values) {
    if (value.value.empty() || !type_.at(value.property).unique) continue;
    const Record* holder = object_.records.find_unique(value.property, value.value);
    if (holder != nullptr && holder != plan.existing) {
      refuse_conflict(plan, value, holder->id);
      return;
    }
    const TextMap<std::uint64_t>& taken = reserved_[value.property];
    const auto reserved = taken.find(value.value);
    if (reserved != taken.end()) {
      plan.repeats_unique = true;
      refuse_conflict(plan, value, reserved->second);
      return;
    }
  }
}

void WritePlanner::reserve_unique(const WritePlan& plan) {
  for (const PropertyValue& value : plan.values) {
    if (!value.value.empty() && type_.at(value.property).unique) {
      reserved_[value.property].emplace(value.value, plan.id);
    }
  }
}

void WritePlanner::refuse_conflict(WritePlan& plan, const PropertyValue& value,
                                   std::uint64_t holder) {
  plan.holder = holder;
  if (context_.switches.unique_conflict == SimulatorSwitches::UniqueConflict::conflict) {
    plan.refusal = already_exists(type_.error_name(), holder);
  } else {
    plan.refusal = unique_value_taken(type_.error_name(), context_.account.options().portal_id,
                                      type_.at(value.property).name, value.value, plan.id, holder);
  }
}

// HubSpot keeps emails in lower case (contract §2.3) and shows moments in ISO 8601 with
// milliseconds (§5.4).
std::string_view WritePlanner::normalised(const PropertyDefinition& property,
                                          std::string_view value) {
  if (value.empty()) return value;
  if (property.type == PropertyType::email) return texts_.emplace_back(lower_case(value));
  const bool odd_moment = property.type == PropertyType::datetime && !is_shown_moment(value);
  if (!odd_moment) return value;
  const auto moment = read_moment(value);
  return moment ? texts_.emplace_back(to_iso8601(*moment)) : value;
}

}  // namespace payferry::simulator
