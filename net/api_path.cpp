#include "net/api_path.hpp"

#include <stdexcept>

namespace payferry {

namespace {

constexpr std::string_view kUndated = "v3";

std::string below(std::string_view parent, std::initializer_list<std::string_view> segments) {
  std::string path(parent);
  for (const std::string_view segment : segments) path.append("/").append(segment);
  return path;
}

/// "/crm/v3/objects", but "/crm/objects/2026-03": a dated version stands behind the family.
std::string family(std::string_view area, std::string_view name, std::string_view version,
                   std::string_view undated = kUndated) {
  return version == kUndated ? below(area, {undated, name}) : below(area, {name, version});
}

}  // namespace

std::string api_path(Endpoint endpoint, std::string_view version, std::string_view object,
                     std::string_view to_object) {
  const auto batch = [&](std::string_view operation) {
    return below(family("/crm", "objects", version), {object, "batch", operation});
  };
  const auto associations = [&] { return family("/crm", "associations", version, "v4"); };
  switch (endpoint) {
    case Endpoint::batch_create:
      return batch("create");
    case Endpoint::batch_upsert:
      return batch("upsert");
    case Endpoint::batch_read:
      return batch("read");
    case Endpoint::batch_archive:
      return batch("archive");
    case Endpoint::properties:
      return below(family("/crm", "properties", version), {object});
    case Endpoint::association_labels:
      return below(associations(), {object, to_object, "labels"});
    case Endpoint::associate_batch:
      return below(associations(), {object, to_object, "batch", "create"});
    case Endpoint::account_details:
      return below("/account-info", {version, "details"});
    case Endpoint::daily_usage:
      return below("/account-info", {version, "api-usage", "daily", "private-apps"});
  }
  throw std::logic_error("an endpoint without a path");
}

std::string_view api_method(Endpoint endpoint) {
  switch (endpoint) {
    case Endpoint::batch_create:
    case Endpoint::batch_upsert:
    case Endpoint::batch_read:
    case Endpoint::batch_archive:
    case Endpoint::associate_batch:
      return "POST";
    default:
      return "GET";
  }
}

}  // namespace payferry
