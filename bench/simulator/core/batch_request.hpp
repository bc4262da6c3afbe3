#pragma once

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/simulator/core/api_error.hpp"
#include "bench/simulator/core/arena.hpp"

namespace payferry::simulator {

struct NamedValue {
  std::string_view name;
  std::string_view value;  ///< empty for null
};

struct AssociationInput {
  std::string_view to_id;
  std::uint32_t type_id = 0;
};

/// One entry of `inputs`.
struct BatchInput {
  std::string_view id;
  std::string_view id_property;
  std::optional<std::string_view> trace_id;
  std::span<const NamedValue> properties;
  std::span<const AssociationInput> associations;
};

/// The body of a batch call of any kind (contract §1.3, §1.5, §1.6, §1.8). Views hold as long as
/// this object and the body's text.
class BatchRequest {
 public:
  explicit BatchRequest(std::string_view body);
  BatchRequest(const BatchRequest&) = delete;
  BatchRequest& operator=(const BatchRequest&) = delete;

  /// What makes the body unusable.
  const std::optional<ApiError>& error() const { return error_; }
  /// False: there was no `inputs` at all, or it was no array.
  bool has_inputs() const { return has_inputs_; }
  std::span<const BatchInput> inputs() const { return inputs_; }
  std::string_view id_property() const { return id_property_; }                ///< of a read
  std::span<const std::string_view> properties() const { return requested_; }  ///< of a read
  bool with_history() const { return with_history_; }

 private:
  void read(const boost::json::object& object);
  void read_inputs(const boost::json::array& inputs);
  void read_input(const boost::json::object& object);
  void read_properties(const boost::json::object& object);
  void read_associations(const boost::json::array& array);
  std::string_view text_of(const boost::json::value& value);

  std::optional<ApiError> error_;
  std::unique_ptr<unsigned char[]> buffer_;
  boost::json::monotonic_resource memory_;
  boost::json::value document_;
  Arena texts_;
  bool has_inputs_ = false;
  bool with_history_ = false;
  std::string_view id_property_;
  std::vector<std::string_view> requested_;
  std::vector<BatchInput> inputs_;
  std::vector<NamedValue> values_;
  std::vector<AssociationInput> associations_;
};

}  // namespace payferry::simulator
