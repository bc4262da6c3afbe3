#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model/batch.hpp"

namespace payferry {

/// The bodies of HubSpot's batch calls, appended to `out`. Texts are valid UTF-8. How many inputs a
/// call takes is the caller's to keep: kMaxBatchRecords, for associations kMaxAssociationInputs.

/// Most inputs of one batch of associations (contract §4.4).
inline constexpr std::size_t kMaxAssociationInputs = 2000;

/// Batch create and batch upsert, which differ inside the inputs alone (contract §1.3, §1.5).
void append_write_body(std::string& out, std::span<const BatchEntry* const> entries);

/// Batch read by the values of a unique property (contract §1.6).
void append_read_body(std::string& out, std::span<const std::string_view> keys,
                      std::string_view id_property, std::span<const std::string_view> properties);

/// Batch read by record id.
void append_read_by_id_body(std::string& out, std::span<const std::string_view> ids,
                            std::span<const std::string_view> properties);

/// Batch archive (contract §1.8).
void append_archive_body(std::string& out, std::span<const std::string_view> ids);

/// A pair of records to be associated.
struct AssociationInput {
  std::string_view from_id;
  std::string_view to_id;
  std::string_view category;  ///< e.g. HUBSPOT_DEFINED
  unsigned type_id = 0;
};

/// Batch create of associations, v4 (contract §1.1).
void append_associate_body(std::string& out, std::span<const AssociationInput> inputs);

}  // namespace payferry
