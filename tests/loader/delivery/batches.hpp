#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/batch.hpp"

namespace payferry::test {

/// The id property of the tests' records.
inline constexpr std::string_view kKeyProperty = "pay_key";

/// An entry as HubSpot takes it. Owns nothing: `key` and `input` must hold until it is added.
inline BatchEntry entry_of(std::uint64_t number, std::string_view key, std::string_view input) {
  BatchEntry entry;
  entry.number = RecordNumber(number);
  entry.position.line = LineNumber(number + 1);
  entry.position.offset = ByteOffset(number);
  entry.key = key;
  entry.input = input;
  entry.raw = key;
  return entry;
}

/// A batch of records with these keys, whose numbers follow each other from `first` on.
inline Batch batch_of(std::uint64_t number, std::uint64_t first,
                      const std::vector<std::string>& keys) {
  Batch batch{BatchNumber(number)};
  SourcePosition position;
  position.line = LineNumber(first + 1);
  position.offset = ByteOffset(first);
  batch.set_first(RecordNumber(first), position);
  for (std::size_t place = 0; place < keys.size(); ++place) {
    const std::string input =
        R"({"properties":{")" + std::string(kKeyProperty) + R"(":")" + keys[place] + R"("}})";
    batch.add(entry_of(first + place, keys[place], input));
  }
  return batch;
}

/// "<prefix>0", "<prefix>1", …
inline std::vector<std::string> keys_of(std::string_view prefix, std::size_t count) {
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < count; ++i) keys.push_back(std::string(prefix) + std::to_string(i));
  return keys;
}

}  // namespace payferry::test
