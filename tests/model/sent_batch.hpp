#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "model/batch.hpp"
#include "model/json_text.hpp"

namespace payferry {

/// A batch as it was sent, for tests: entries numbered from 1, trace ids and all.
class SentBatch {
 public:
  /// Sent with {"ref": key}.
  SentBatch& keyed(std::string_view key) {
    std::string properties = "{\"ref\":";
    append_json_string(properties, key);
    return add(key, properties + "}", "");
  }
  SentBatch& keyless(std::string_view properties, std::string_view associations = "") {
    return add("", properties, associations);
  }

  std::span<const BatchEntry* const> sent() const {
    pointers_.clear();
    for (const BatchEntry& entry : entries_) pointers_.push_back(&entry);
    return pointers_;
  }

 private:
  SentBatch& add(std::string_view key, std::string_view properties, std::string_view associations) {
    BatchEntry entry;
    entry.number = RecordNumber(entries_.size() + 1);
    entry.key = keep(std::string(key));
    entry.input = keep("{\"objectWriteTraceId\":\"" + std::to_string(entry.number.value()) +
                       "\",\"properties\":" + std::string(properties) + ",\"associations\":[]}");
    entry.associations = keep(std::string(associations));
    entries_.push_back(entry);
    return *this;
  }
  std::string_view keep(std::string text) {
    return *texts_->emplace_back(std::make_unique<std::string>(std::move(text)));
  }

  std::shared_ptr<std::vector<std::unique_ptr<std::string>>> texts_ =
      std::make_shared<std::vector<std::unique_ptr<std::string>>>();
  std::vector<BatchEntry> entries_;
  mutable std::vector<const BatchEntry*> pointers_;
};

}  // namespace payferry
