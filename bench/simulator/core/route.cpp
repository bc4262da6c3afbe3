#include "bench/simulator/core/route.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace payferry::simulator {

namespace {

constexpr std::array<std::string_view, 29> kNames = {"batch_create",
                                                     "batch_upsert",
                                                     "batch_update",
                                                     "batch_read",
                                                     "batch_archive",
                                                     "create_one",
                                                     "read_one",
                                                     "update_one",
                                                     "archive_one",
                                                     "list",
                                                     "search",
                                                     "property_list",
                                                     "property_read",
                                                     "property_create",
                                                     "property_batch_create",
                                                     "property_batch_read",
                                                     "property_groups",
                                                     "association_labels",
                                                     "associate_batch",
                                                     "associate_batch_default",
                                                     "associate_one",
                                                     "associate_one_default",
                                                     "account_details",
                                                     "daily_usage",
                                                     "currency_codes",
                                                     "company_currency",
                                                     "exchange_rates",
                                                     "oauth_token",
                                                     "unknown"};

using Segments = std::vector<std::string_view>;

Segments split_path(std::string_view path) {
  Segments segments;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    segments.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return segments;
}

std::optional<ApiVersion> version_named(std::string_view name) {
  if (name == "v3" || name == "v4" || name == "v1") return ApiVersion::v3;
  if (name == "2025-09") return ApiVersion::v2025_09;
  if (name == "2026-03") return ApiVersion::v2026_03;
  if (name == "2026-09") return ApiVersion::v2026_09;
  return std::nullopt;
}

bool is_dated(std::string_view version) {
  return version.starts_with("20");
}

// /crm/v3/objects/T and /crm/objects/2026-03/T are the same place: put the version before the
// family.
void put_version_first(Segments& segments, std::size_t family) {
  if (segments.size() > family + 1 && is_dated(segments[family + 1])) {
    std::swap(segments[family], segments[family + 1]);
  }
}

struct Verb {
  std::string_view method;
  Operation operation;
};

Operation by_method(std::string_view method, std::initializer_list<Verb> verbs) {
  for (const Verb& verb : verbs) {
    if (verb.method == method) return verb.operation;
  }
  return Operation::unknown;
}

Operation batch_operation(std::string_view name) {
  using enum Operation;
  if (name == "create") return batch_create;
  if (name == "upsert") return batch_upsert;
  if (name == "update") return batch_update;
  if (name == "read") return batch_read;
  if (name == "archive") return batch_archive;
  return unknown;
}

// rest: what follows /crm/v3/objects/
void route_objects(Route& route, std::string_view method, const Segments& rest) {
  using enum Operation;
  if (rest.empty()) return;
  route.object = rest[0];
  if (rest.size() == 1) {
    route.operation = by_method(method, {{"POST", create_one}, {"GET", list}});
  } else if (rest.size() == 2 && rest[1] == "search") {
    route.operation = by_method(method, {{"POST", search}});
  } else if (rest.size() == 2) {
    route.id = rest[1];
    route.operation =
        by_method(method, {{"GET", read_one}, {"PATCH", update_one}, {"DELETE", archive_one}});
  } else if (rest.size() == 3 && rest[1] == "batch") {
    route.operation = by_method(method, {{"POST", batch_operation(rest[2])}});
  } else if (rest.size() == 5 && rest[2] == "associations") {
    route.id = rest[1];
    route.to_object = rest[3];
    route.to_id = rest[4];
    route.operation = by_method(method, {{"PUT", associate_one}});
  } else if (rest.size() == 6 && rest[2] == "associations" && rest[3] == "default") {
    route.id = rest[1];
    route.to_object = rest[4];
    route.to_id = rest[5];
    route.operation = by_method(method, {{"PUT", associate_one_default}});
  }
}

// rest: what follows /crm/v3/properties/
void route_properties(Route& route, std::string_view method, const Segments& rest) {
  using enum Operation;
  if (rest.empty()) return;
  route.object = rest[0];
  if (rest.size() == 1) {
    route.operation = by_method(method, {{"GET", property_list}, {"POST", property_create}});
  } else if (rest.size() == 2 && rest[1] == "groups") {
    route.operation = by_method(method, {{"GET", property_groups}});
  } else if (rest.size() == 2) {
    route.id = rest[1];
    route.operation = by_method(method, {{"GET", property_read}});
  } else if (rest.size() == 3 && rest[1] == "batch" && rest[2] == "create") {
    route.operation = by_method(method, {{"POST", property_batch_create}});
  } else if (rest.size() == 3 && rest[1] == "batch" && rest[2] == "read") {
    route.operation = by_method(method, {{"POST", property_batch_read}});
  }
}

// rest: what follows /crm/v4/associations/
void route_associations(Route& route, std::string_view method, const Segments& rest) {
  using enum Operation;
  if (rest.size() < 3) return;
  route.object = rest[0];
  route.to_object = rest[1];
  if (rest.size() == 3 && rest[2] == "labels") {
    route.operation = by_method(method, {{"GET", association_labels}});
  } else if (rest.size() == 4 && rest[2] == "batch" && rest[3] == "create") {
    route.operation = by_method(method, {{"POST", associate_batch}});
  } else if (rest.size() == 5 && rest[2] == "batch" && rest[3] == "associate" &&
             rest[4] == "default") {
    route.operation = by_method(method, {{"POST", associate_batch_default}});
  }
}

void route_crm(Route& route, std::string_view method, Segments segments) {
  put_version_first(segments, 1);
  if (segments.size() < 3) return;
  const auto version = version_named(segments[1]);
  if (!version) return;
  route.version = *version;
  const Segments rest(segments.begin() + 3, segments.end());
  if (segments[2] == "objects") route_objects(route, method, rest);
  if (segments[2] == "properties") route_properties(route, method, rest);
  if (segments[2] == "associations") route_associations(route, method, rest);
}

void route_account(Route& route, std::string_view method, const Segments& segments) {
  using enum Operation;
  if (segments.size() < 3 || !version_named(segments[1])) return;
  if (segments.size() == 3 && segments[2] == "details") {
    route.operation = by_method(method, {{"GET", account_details}});
  } else if (segments.size() == 5 && segments[2] == "api-usage" && segments[3] == "daily" &&
             segments[4] == "private-apps") {
    route.operation = by_method(method, {{"GET", daily_usage}});
  }
}

void route_settings(Route& route, std::string_view method, Segments segments) {
  using enum Operation;
  put_version_first(segments, 1);
  if (segments.size() != 4 || !version_named(segments[1]) || segments[2] != "currencies") return;
  if (segments[3] == "codes") route.operation = by_method(method, {{"GET", currency_codes}});
  if (segments[3] == "company-currency")
    route.operation = by_method(method, {{"GET", company_currency}});
  if (segments[3] == "exchange-rates")
    route.operation = by_method(method, {{"GET", exchange_rates}});
}

void route_oauth(Route& route, std::string_view method, const Segments& segments) {
  if (segments.size() == 3 && version_named(segments[1]) && segments[2] == "token") {
    route.operation = by_method(method, {{"POST", Operation::oauth_token}});
  }
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<std::string> Route::parameter(std::string_view name) const {
  return form_value(query, name);
}

Route find_route(std::string_view method, std::string_view target) {
  Route route;
  const std::size_t question = std::min(target.find('?'), target.size());
  if (question < target.size()) route.query = target.substr(question + 1);
  std::string_view path = target.substr(0, question);
  if (path.ends_with('/')) path.remove_suffix(1);
  if (!path.starts_with('/')) return route;
  const Segments segments = split_path(path);
  if (segments[0] == "crm") route_crm(route, method, segments);
  if (segments[0] == "account-info") route_account(route, method, segments);
  if (segments[0] == "settings") route_settings(route, method, segments);
  if (segments[0] == "oauth") route_oauth(route, method, segments);
  return route;
}

std::string_view name_of(Operation operation) {
  return kNames.at(static_cast<std::size_t>(operation));
}

RequestClass class_of(Operation operation) {
  using enum Operation;
  switch (operation) {
    case batch_create:
    case batch_upsert:
    case batch_update:
    case batch_archive:
    case create_one:
    case update_one:
    case archive_one:
      return RequestClass::write;
    case batch_read:
    case read_one:
    case list:
      return RequestClass::read;
    case search:
      return RequestClass::search;
    case associate_batch:
    case associate_batch_default:
      return RequestClass::association;
    default:
      return RequestClass::settings;
  }
}

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                        hex_digit(text[i + 2]) >= 0;
    if (escape) {
      decoded += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i] == '+' ? ' ' : text[i];
    }
  }
  return decoded;
}

std::optional<std::string> form_value(std::string_view form, std::string_view name) {
  while (!form.empty()) {
    const auto end = std::find(form.begin(), form.end(), '&');
    const auto equals = std::find(form.begin(), end, '=');
    if (percent_decoded({form.begin(), equals}) == name)
      return percent_decoded({equals == end ? end : equals + 1, end});
    form = {end == form.end() ? end : end + 1, form.end()};
  }
  return std::nullopt;
}

}  // namespace payferry::simulator
