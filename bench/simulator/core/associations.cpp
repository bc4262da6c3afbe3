#include "bench/simulator/core/associations.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "bench/simulator/core/batch_answer.hpp"

namespace payferry::simulator {

namespace {

namespace json = boost::json;

constexpr std::size_t kMostInputs = 2000;

constexpr std::array<AssociationLabel, 13> kPaymentLabels = {
    {{387, "contacts"},
     {389, "companies"},
     {391, "deals"},
     {393, "subscriptions"},
     {395, "line_items"},
     {397, "quotes"},
     {428, "discounts"},
     {476, "payment_links"},
     {524, "orders"},
     {542, "invoices"},
     {1170, "feedback_submissions"},
     {1354, "tickets"},
     // An example in HubSpot's guide (contract §5.6).
     {523, "orders"}}};

// Of the other types only what HubSpot's association guide names first.
constexpr std::array<AssociationLabel, 2> kContactLabels = {{{279, "companies"}, {4, "deals"}}};
constexpr std::array<AssociationLabel, 2> kDealLabels = {{{3, "contacts"}, {341, "companies"}}};

const AssociationLabel* default_label(const ObjectType& from, const ObjectType& to) {
  const auto labels = labels_from(from);
  const auto found = std::find_if(labels.begin(), labels.end(), [&](const AssociationLabel& label) {
    return label.to_object == to.name();
  });
  return found == labels.end() ? nullptr : &*found;
}

/// The label that is asked for, 0 for the default one; nothing where it does not lead to `to`.
const AssociationLabel* label_between(const ObjectType& from, const ObjectType& to,
                                      std::uint32_t type_id) {
  const AssociationLabel* label = type_id == 0 ? default_label(from, to) : label_of(from, type_id);
  return label != nullptr && label->to_object == to.name() ? label : nullptr;
}

/// One pair of records to be tied together.
struct Pair {
  std::string from_id;
  std::string to_id;
  std::uint32_t type_id = 0;
};

std::string id_below(const json::object& object, const char* name) {
  const json::value* side = object.if_contains(name);
  if (side == nullptr || !side->is_object()) return {};
  const json::value* id = side->get_object().if_contains("id");
  if (id == nullptr) return {};
  return id->is_string() ? std::string(id->get_string()) : json::serialize(*id);
}

std::uint32_t type_in(const json::value& entry) {
  const json::object* object = entry.if_object();
  const json::value* type = object == nullptr ? nullptr : object->if_contains("associationTypeId");
  return type != nullptr && type->is_int64() ? static_cast<std::uint32_t>(type->get_int64()) : 0;
}

std::uint32_t first_type(const json::value* types) {
  if (types == nullptr || !types->is_array() || types->get_array().empty()) return 0;
  return type_in(types->get_array().front());
}

std::optional<std::vector<Pair>> read_pairs(std::string_view body) {
  json::error_code error;
  const json::value document = json::parse({body.data(), body.size()}, error);
  if (error || !document.is_object()) return std::nullopt;
  const json::value* inputs = document.get_object().if_contains("inputs");
  if (inputs == nullptr || !inputs->is_array()) return std::nullopt;
  std::vector<Pair> pairs;
  for (const json::value& input : inputs->get_array()) {
    if (!input.is_object()) return std::nullopt;
    const json::object& object = input.get_object();
    pairs.push_back({id_below(object, "from"), id_below(object, "to"),
                     first_type(object.if_contains("types"))});
  }
  return pairs;
}

bool is_live(ObjectData& object, std::string_view id) {
  const Record* record = object.records.find(id);
  return record != nullptr && !record->archived;
}

// Contract §3.3: "Association to unknown id".
ApiError invalid_identifier(const std::string& id) {
  ApiError error;
  error.sub_category = "crm.associations.INVALID_IDENTIFIER";
  error.message = id + " is not a valid ID";
  error.context = {{"id", {id}}};
  return error;
}

json::object tied(const ObjectType& from, const ObjectType& to, const Pair& pair) {
  return {{"fromObjectTypeId", from.type_id()},
          {"fromObjectId", pair.from_id},
          {"toObjectTypeId", to.type_id()},
          {"toObjectId", pair.to_id},
          {"labels", json::array{}}};
}

}  // namespace

std::span<const AssociationLabel> labels_from(const ObjectType& from) {
  if (from.error_name() == "COMMERCE_PAYMENT") return kPaymentLabels;
  if (from.error_name() == "CONTACT") return kContactLabels;
  if (from.error_name() == "DEAL") return kDealLabels;
  return {};
}

const AssociationLabel* label_of(const ObjectType& from, std::uint32_t type_id) {
  const auto labels = labels_from(from);
  const auto found = std::find_if(labels.begin(), labels.end(), [&](const AssociationLabel& label) {
    return label.type_id == type_id;
  });
  return found == labels.end() ? nullptr : &*found;
}

Response list_labels(const ObjectType& from, const ObjectType& to) {
  json::array results;
  if (const AssociationLabel* label = default_label(from, to)) {
    results.push_back(
        {{"category", "HUBSPOT_DEFINED"}, {"typeId", label->type_id}, {"label", nullptr}});
  }
  return {200, json::serialize(json::object{{"results", results}})};
}

Response associate_batch(CallContext& context, ObjectData& from, ObjectData& to, bool by_default,
                         std::string_view body) {
  const auto pairs = read_pairs(body);
  if (!pairs)
    return context.refuse(invalid_json({}, 0, "Some required fields were not set: [inputs]"));
  if (pairs->size() > kMostInputs) return context.refuse(too_many_inputs(kMostInputs));
  json::array results;
  json::array errors;
  for (const Pair& pair : *pairs) {
    const bool typeless = !by_default && pair.type_id == 0;
    const AssociationLabel* label =
        typeless ? nullptr : label_between(*from.type, *to.type, by_default ? 0 : pair.type_id);
    const bool from_live = is_live(from, pair.from_id);
    const bool to_live = context.switches.any_association_target || is_live(to, pair.to_id);
    if (label == nullptr || !from_live || !to_live) {
      errors.push_back(record_error(invalid_identifier(from_live ? pair.to_id : pair.from_id), {}));
      continue;
    }
    context.note_association(*from.type, from.records.find(pair.from_id)->id, to.type->name(),
                             pair.to_id, label->type_id);
    results.push_back(tied(*from.type, *to.type, pair));
  }
  return batch_response(context, by_default ? 200 : 201, std::move(results), std::move(errors));
}

Response associate_one(CallContext& context, ObjectData& from, std::string_view from_id,
                       ObjectData& to, std::string_view to_id, std::uint32_t type_id) {
  const Pair pair{std::string(from_id), std::string(to_id), type_id};
  const AssociationLabel* label = label_between(*from.type, *to.type, type_id);
  const bool from_live = is_live(from, from_id);
  const bool to_live = context.switches.any_association_target || is_live(to, to_id);
  if (label == nullptr || !from_live || !to_live) {
    return context.refuse(invalid_identifier(from_live ? pair.to_id : pair.from_id));
  }
  context.note_association(*from.type, from.records.find(from_id)->id, to.type->name(), to_id,
                           label->type_id);
  return {type_id == 0 ? 200 : 201, json::serialize(tied(*from.type, *to.type, pair))};
}

std::uint32_t asked_type(std::string_view body) {
  json::error_code error;
  const json::value document = json::parse({body.data(), body.size()}, error);
  if (error || !document.is_array() || document.get_array().empty()) return 0;
  return type_in(document.get_array().front());
}

}  // namespace payferry::simulator
