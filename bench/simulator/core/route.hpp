#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/simulator/core/fault.hpp"

namespace payferry::simulator {

enum class ApiVersion { v3, v2025_09, v2026_03, v2026_09 };

/// What a path asks for (contract §1.1, §1.2).
enum class Operation {
  batch_create,
  batch_upsert,
  batch_update,
  batch_read,
  batch_archive,
  create_one,
  read_one,
  update_one,
  archive_one,
  list,
  search,
  property_list,
  property_read,
  property_create,
  property_batch_create,
  property_batch_read,
  property_groups,
  association_labels,
  associate_batch,
  associate_batch_default,
  associate_one,
  associate_one_default,
  account_details,
  daily_usage,
  currency_codes,
  company_currency,
  exchange_rates,
  oauth_token,
  unknown,
};

/// A request's line, taken apart. Views into the target.
struct Route {
  Operation operation = Operation::unknown;
  ApiVersion version = ApiVersion::v3;
  std::string_view object;     ///< object type as it stands in the path
  std::string_view to_object;  ///< of associations
  std::string_view id;         ///< record id, or property name
  std::string_view to_id;
  std::string_view query;

  /// A parameter of the query, percent-decoded.
  std::optional<std::string> parameter(std::string_view name) const;
};

Route find_route(std::string_view method, std::string_view target);

std::string_view name_of(Operation operation);
RequestClass class_of(Operation operation);

/// "a%20b+c" as the text that it stands for.
std::string percent_decoded(std::string_view text);

/// The value of `name` in "a=1&b=2".
std::optional<std::string> form_value(std::string_view form, std::string_view name);

}  // namespace payferry::simulator
