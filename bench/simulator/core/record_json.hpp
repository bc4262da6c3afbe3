#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "bench/simulator/core/record_store.hpp"

namespace payferry::simulator {

/// What one entry of `results` shows (contract §1.4).
struct ShownRecord {
  std::uint64_t id = 0;
  Instant created_at{};
  Instant updated_at{};
  bool archived = false;
  std::span<const PropertyValue> values;
  std::optional<bool> is_new;
  std::optional<std::string_view> trace_id;
};

/// Writes entries of `results`: the values that are given and those that HubSpot sets itself.
class RecordJson {
 public:
  RecordJson(const ObjectType& type, std::uint64_t portal_id);

  void append(std::string& out, const ShownRecord& record) const;
  /// A record with the properties asked for; null for those without a value; unknown ones are left
  /// out.
  void append_read(std::string& out, const Record& record,
                   std::span<const std::string_view> properties) const;

 private:
  void append_stamps(std::string& out, std::uint64_t id, Instant created_at,
                     Instant updated_at) const;
  void append_tail(std::string& out, const ShownRecord& record) const;

  const ObjectType& type_;
  std::string url_start_;
  std::vector<std::string> name_texts_;  ///< each property's name as JSON, with its colon
  std::string_view created_name_;
  std::string_view modified_name_;
};

/// The value that HubSpot itself gives a property of a record; nothing where it gives none.
std::optional<std::string> value_set_by_hubspot(std::string_view property, const Record& record);

}  // namespace payferry::simulator
