#include "bench/simulator/core/search.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "bench/simulator/core/record_json.hpp"
#include "model/decimal.hpp"

namespace payferry::simulator {

namespace {

namespace json = boost::json;

constexpr std::size_t kMostBodyCharacters = 3000;
constexpr std::size_t kMostGroups = 5;
constexpr std::size_t kMostFiltersInGroup = 6;
constexpr std::size_t kMostFilters = 18;
constexpr std::size_t kLargestPage = 200;
constexpr std::size_t kMostResults = 10'000;

struct Filter {
  std::string property;
  std::string op;
  std::string value;
  std::string high_value;
  std::vector<std::string> values;
};

struct Query {
  std::vector<std::vector<Filter>> groups;
  std::vector<std::string> properties;
  std::string sort_by;
  bool descending = false;
  std::size_t limit = 10;
  std::size_t after = 0;
};

std::string text_of(const json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

std::string text_at(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value == nullptr || value->is_null() ? std::string() : text_of(*value);
}

std::size_t number_at(const json::object& object, std::string_view name, std::size_t otherwise) {
  const std::string text = text_at(object, name);
  std::size_t number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

const json::array* array_at(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value == nullptr ? nullptr : value->if_array();
}

std::vector<std::string> texts_at(const json::object& object, std::string_view name) {
  std::vector<std::string> texts;
  if (const json::array* array = array_at(object, name)) {
    for (const json::value& value : *array) texts.push_back(text_of(value));
  }
  return texts;
}

std::vector<Filter> read_group(const json::object& group) {
  std::vector<Filter> filters;
  const json::array* array = array_at(group, "filters");
  if (array == nullptr) return filters;
  for (const json::value& value : *array) {
    if (!value.is_object()) continue;
    const json::object& object = value.get_object();
    filters.push_back({text_at(object, "propertyName"), text_at(object, "operator"),
                       text_at(object, "value"), text_at(object, "highValue"),
                       texts_at(object, "values")});
  }
  return filters;
}

void read_sort(const json::object& object, Query& query) {
  const json::array* sorts = array_at(object, "sorts");
  if (sorts == nullptr || sorts->empty() || !sorts->front().is_object()) return;
  query.sort_by = text_at(sorts->front().get_object(), "propertyName");
  query.descending = text_at(sorts->front().get_object(), "direction") == "DESCENDING";
}

Query read_query(const json::object& object) {
  Query query;
  if (const json::array* groups = array_at(object, "filterGroups")) {
    for (const json::value& group : *groups) {
      if (group.is_object()) query.groups.push_back(read_group(group.get_object()));
    }
  } else if (array_at(object, "filters") != nullptr) {
    query.groups.push_back(read_group(object));
  }
  query.properties = texts_at(object, "properties");
  read_sort(object, query);
  query.limit = number_at(object, "limit", 10);
  query.after = number_at(object, "after", 0);
  return query;
}

ApiError refused(std::string message) {
  ApiError error;
  error.message = std::move(message);
  return error;
}

std::optional<ApiError> check_size(const Query& query) {
  std::size_t filters = 0;
  bool group_too_large = false;
  for (const auto& group : query.groups) {
    filters += group.size();
    group_too_large |= group.size() > kMostFiltersInGroup;
  }
  if (query.groups.size() > kMostGroups || group_too_large || filters > kMostFilters) {
    return refused("The number of filters or filter groups is over the limit");
  }
  if (query.limit > kLargestPage) return refused("limit must be less than or equal to 200");
  if (query.after + query.limit > kMostResults) {
    return refused("Paging past 10000 results is not supported");
  }
  return std::nullopt;
}

std::optional<ApiError> check_properties(const Query& query, const ObjectType& type,
                                         std::uint64_t portal_id) {
  for (const auto& group : query.groups) {
    for (const Filter& filter : group) {
      if (!type.find(filter.property)) {
        return invalid_values({unknown_property(filter.property)}, portal_id);
      }
    }
  }
  return std::nullopt;
}

std::optional<std::string> value_of(const ObjectType& type, const Record& record,
                                    std::string_view name) {
  const auto property = type.find(name);
  if (!property) return std::nullopt;
  if (const auto value = record.properties.find(*property)) return std::string(*value);
  return value_set_by_hubspot(name, record);
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

/// -1, 0 or 1; as numbers where both are, as moments where one is given in epoch milliseconds, else
/// as texts.
int compare(const std::string& left, const std::string& right) {
  const auto l = Decimal::parse(left);
  const auto r = Decimal::parse(right);
  if (l && r) return *l < *r ? -1 : (*r < *l ? 1 : 0);
  const auto moment = parse_iso8601(left);
  if (moment && r) {
    const auto milliseconds = Decimal(moment->time_since_epoch().count(), 0);
    return milliseconds < *r ? -1 : (*r < milliseconds ? 1 : 0);
  }
  const int order = lower_case(left).compare(lower_case(right));
  return order < 0 ? -1 : (order > 0 ? 1 : 0);
}

// The values of IN must be lower case to match (contract §1.7).
bool is_in(const std::string& value, const std::vector<std::string>& values) {
  return std::find(values.begin(), values.end(), lower_case(value)) != values.end();
}

bool matches(const Filter& filter, const std::optional<std::string>& value) {
  const std::string& op = filter.op;
  if (op == "HAS_PROPERTY") return value.has_value();
  if (op == "NOT_HAS_PROPERTY") return !value.has_value();
  if (op == "NEQ") return !value || compare(*value, filter.value) != 0;
  if (op == "NOT_IN") return !value || !is_in(*value, filter.values);
  if (op == "NOT_CONTAINS_TOKEN") return !value || value->find(filter.value) == std::string::npos;
  if (!value) return false;
  if (op == "EQ") return compare(*value, filter.value) == 0;
  if (op == "LT") return compare(*value, filter.value) < 0;
  if (op == "LTE") return compare(*value, filter.value) <= 0;
  if (op == "GT") return compare(*value, filter.value) > 0;
  if (op == "GTE") return compare(*value, filter.value) >= 0;
  if (op == "IN") return is_in(*value, filter.values);
  if (op == "CONTAINS_TOKEN")
    return lower_case(*value).find(lower_case(filter.value)) != std::string::npos;
  if (op == "BETWEEN") {
    return compare(*value, filter.value) >= 0 && compare(*value, filter.high_value) <= 0;
  }
  return false;
}

bool matches_any_group(const Query& query, const ObjectType& type, const Record& record) {
  if (query.groups.empty()) return true;
  return std::any_of(query.groups.begin(), query.groups.end(),
                     [&](const std::vector<Filter>& group) {
                       return std::all_of(group.begin(), group.end(), [&](const Filter& filter) {
                         return matches(filter, value_of(type, record, filter.property));
                       });
                     });
}

void sort(std::vector<const Record*>& records, const Query& query, const ObjectType& type) {
  if (query.sort_by.empty()) return;
  std::stable_sort(records.begin(), records.end(), [&](const Record* left, const Record* right) {
    const int order = compare(value_of(type, *left, query.sort_by).value_or(""),
                              value_of(type, *right, query.sort_by).value_or(""));
    return query.descending ? order > 0 : order < 0;
  });
}

Response page(CallContext& context, const ObjectData& object, const Query& query,
              const std::vector<const Record*>& found) {
  const RecordJson writer(*object.type, context.account.options().portal_id);
  const std::vector<std::string_view> properties(query.properties.begin(), query.properties.end());
  std::string body = "{\"total\":" + std::to_string(found.size()) + ",\"results\":[";
  const std::size_t end = std::min(found.size(), query.after + query.limit);
  for (std::size_t i = query.after; i < end; ++i) {
    if (i > query.after) body += ',';
    writer.append_read(body, *found[i], properties);
  }
  body += ']';
  if (end < found.size())
    body += ",\"paging\":{\"next\":{\"after\":\"" + std::to_string(end) + "\"}}";
  return {200, body + "}"};
}

}  // namespace

Response search_records(CallContext& context, ObjectData& object, std::string_view body) {
  if (body.size() > kMostBodyCharacters) {
    return context.refuse(refused("The request body is over the limit of 3000 characters"));
  }
  json::error_code error;
  const json::value document = json::parse({body.data(), body.size()}, error);
  if (error || !document.is_object()) {
    return context.refuse(invalid_json(body, 0, "Could not read the request body."));
  }
  const Query query = read_query(document.get_object());
  if (const auto wrong = check_size(query)) return context.refuse(*wrong);
  const std::uint64_t portal_id = context.account.options().portal_id;
  if (const auto wrong = check_properties(query, *object.type, portal_id))
    return context.refuse(*wrong);
  std::vector<const Record*> found;
  for (const Record& record : object.records.records()) {
    const bool indexed = record.updated_at + context.switches.search_lag <= context.now;
    if (!record.archived && indexed && matches_any_group(query, *object.type, record)) {
      found.push_back(&record);
    }
  }
  sort(found, query, *object.type);
  return page(context, object, query, found);
}

}  // namespace payferry::simulator
