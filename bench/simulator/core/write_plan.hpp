#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/simulator/core/batch_request.hpp"
#include "bench/simulator/core/call_context.hpp"

namespace payferry::simulator {

enum class WriteKind { create, upsert, update };

/// What is to become of one input of a batch.
struct WritePlan {
  const BatchInput* input = nullptr;
  Record* existing = nullptr;  ///< the record to be changed; nothing: one is created
  std::uint64_t id = 0;
  std::optional<PropertyIndex> key;  ///< of an upsert; its value is the first of `values`
  std::vector<PropertyValue> values;
  std::vector<PropertyProblem> problems;
  std::optional<ApiError> refusal;
  std::optional<std::uint64_t> holder;  ///< of a unique value that this input wants
  bool created = false;
  bool repeats_unique = false;  ///< the holder is another input of the batch
};

/// Judges the inputs of one batch, one after the other, without writing anything. Plans hold as
/// long as it.
class WritePlanner {
 public:
  WritePlanner(CallContext& context, ObjectData& object, WriteKind kind);

  WritePlan plan(const BatchInput& input);

 private:
  void find_existing(WritePlan& plan);
  void take_values(WritePlan& plan);
  void take_value(WritePlan& plan, const NamedValue& named);
  void add_defaults(WritePlan& plan);
  void check_required(WritePlan& plan);
  void check_associations(WritePlan& plan);
  void check_unique(WritePlan& plan);
  void reserve_unique(const WritePlan& plan);
  void refuse_conflict(WritePlan& plan, const PropertyValue& value, std::uint64_t holder);
  std::string_view normalised(const PropertyDefinition& property, std::string_view value);

  CallContext& context_;
  ObjectData& object_;
  const ObjectType& type_;
  WriteKind kind_;
  std::deque<std::string> texts_;
  /// Unique values that this batch is about to take, with the id of the record that takes them.
  std::map<PropertyIndex, TextMap<std::uint64_t>> reserved_;
};

}  // namespace payferry::simulator
