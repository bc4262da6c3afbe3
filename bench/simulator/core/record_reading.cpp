#include "bench/simulator/core/record_reading.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "bench/simulator/core/record_json.hpp"

namespace payferry::simulator {

namespace {

constexpr std::size_t kMostInputs = 100;
constexpr std::size_t kMostWithHistory = 50;
constexpr std::size_t kLargestPage = 100;

std::optional<ApiError> refuse(const CallContext& context, const BatchRequest& request) {
  if (request.error()) return request.error();
  if (!request.has_inputs() &&
      context.switches.missing_inputs == SimulatorSwitches::MissingInputs::refused) {
    return invalid_json({}, 0, "Some required fields were not set: [inputs]");
  }
  const std::size_t most = request.with_history() ? kMostWithHistory : kMostInputs;
  if (request.inputs().size() > most) return too_many_inputs(most);
  return std::nullopt;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

Record* find_record(ObjectData& object, std::optional<PropertyIndex> key, std::string_view id) {
  if (!key) return object.records.find(id);
  const bool email = object.type->at(*key).type == PropertyType::email;
  return object.records.find_unique(*key, email ? lower_case(id) : std::string(id));
}

bool is_visible(const CallContext& context, const Record* record) {
  return record != nullptr && !record->archived &&
         record->created_at + context.switches.read_lag <= context.now;
}

std::vector<std::string_view> split_list(std::string_view text) {
  std::vector<std::string_view> names;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    names.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return names;
}

std::string batch_body(const CallContext& context, const ObjectData& object,
                       const std::vector<Record*>& found, const std::vector<std::string>& missing,
                       std::span<const std::string_view> properties) {
  const RecordJson writer(*object.type, context.account.options().portal_id);
  std::string body = "{\"status\":\"COMPLETE\",\"results\":[";
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (i > 0) body += ',';
    writer.append_read(body, *found[i], properties);
  }
  body += ']';
  if (!missing.empty()) {
    const ApiError error = not_found(object.type->error_name(), missing);
    body += ",\"numErrors\":1,\"errors\":" +
            boost::json::serialize(boost::json::array{record_error(error, {})});
  }
  body += ",\"startedAt\":\"" + to_iso8601(context.now) + "\",\"completedAt\":\"" +
          to_iso8601(context.completed_at) + "\"}";
  return body;
}

void shuffle(std::vector<Record*>& records, Random& random) {
  for (std::size_t i = records.size(); i > 1; --i)
    std::swap(records[i - 1], records[random.below(i)]);
}

}  // namespace

Response read_batch(CallContext& context, ObjectData& object, const BatchRequest& request) {
  if (const auto error = refuse(context, request)) return context.refuse(*error);
  std::optional<PropertyIndex> key;
  if (!request.id_property().empty() && request.id_property() != "hs_object_id") {
    key = object.type->find(request.id_property());
    if (!key || !object.type->at(*key).unique) {
      return context.refuse(non_unique_property(object.type->type_id(), request.id_property(),
                                                context.account.options().portal_id));
    }
  }
  std::vector<Record*> found;
  std::vector<std::string> missing;
  for (const BatchInput& input : request.inputs()) {
    Record* const record = find_record(object, key, input.id);
    if (!is_visible(context, record)) {
      missing.emplace_back(input.id);
    } else if (std::find(found.begin(), found.end(), record) == found.end()) {
      found.push_back(record);
    }
  }
  if (!missing.empty() && context.switches.partial_read == SimulatorSwitches::PartialRead::empty) {
    found.clear();
  }
  if (context.switches.shuffle_results) shuffle(found, context.random);
  return {missing.empty() ? 200 : 207,
          batch_body(context, object, found, missing, request.properties())};
}

Response read_one(CallContext& context, ObjectData& object, const Route& route) {
  const std::string id = percent_decoded(route.id);
  const auto id_property = route.parameter("idProperty");
  const auto key = id_property ? object.type->find(*id_property) : std::nullopt;
  if (id_property && (!key || !object.type->at(*key).unique)) {
    return context.refuse(non_unique_property(object.type->type_id(), *id_property,
                                              context.account.options().portal_id));
  }
  const Record* const record = find_record(object, key, id);
  if (!is_visible(context, record)) {
    ApiError error = not_found(object.type->error_name(), {id});
    error.message = "resource not found";
    return context.refuse(error);
  }
  const std::string properties = route.parameter("properties").value_or("");
  std::string body;
  RecordJson(*object.type, context.account.options().portal_id)
      .append_read(body, *record, split_list(properties));
  return {200, body};
}

Response list_records(CallContext& context, ObjectData& object, const Route& route) {
  const auto number = [&](const char* name, std::uint64_t otherwise) {
    const std::string text = route.parameter(name).value_or("");
    std::uint64_t value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  };
  const std::uint64_t after = number("after", 0);
  const std::size_t limit = std::clamp<std::size_t>(number("limit", 10), 1, kLargestPage);
  const std::string properties = route.parameter("properties").value_or("");
  const RecordJson writer(*object.type, context.account.options().portal_id);
  std::string body = "{\"results\":[";
  std::size_t count = 0;
  std::uint64_t last = 0;
  bool more = false;
  for (const Record& record : object.records.records()) {
    if (record.archived || record.id <= after) continue;
    more = count == limit;
    if (more) break;
    if (count++ > 0) body += ',';
    writer.append_read(body, record, split_list(properties));
    last = record.id;
  }
  body += ']';
  if (more) body += ",\"paging\":{\"next\":{\"after\":\"" + std::to_string(last) + "\"}}";
  return {200, body + "}"};
}

}  // namespace payferry::simulator
