#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace payferry {

/// Why a text is not the JSON of a record.
struct JsonFault {
  std::string message;  ///< what was expected or found, without the place
  std::size_t at = 0;   ///< byte of the text, from 0
};

/// Picks the values at given paths out of one JSON object after another. The whole object is
/// checked against RFC 8259; nothing becomes a binary float, and nothing is allocated in the steady
/// state.
///
/// A path is keys joined by dots; in an array a key is an index from 0. A string gives its text, a
/// number its own digits, a boolean true or false, null and what is not there an empty cell, an
/// object or array its JSON as written. Where a key stands twice, the last one counts.
class JsonRecord {
 public:
  explicit JsonRecord(const std::vector<std::string>& paths);

  /// kScanBlockBytes behind `text` must be readable. Cells are views into it or into a buffer of
  /// this object's own.
  std::optional<JsonFault> parse(std::string_view text);
  std::span<const std::string_view> cells() const { return cells_; }
  /// The cells that are numbers with an exponent, by index.
  std::span<const std::size_t> with_exponent() const { return with_exponent_; }

 private:
  class Pass;

  /// A key that some wanted path goes through.
  struct Node {
    std::string key;
    std::optional<std::size_t> index;  ///< the key as an index of an array
    std::vector<std::size_t> cells;    ///< wanted as a value itself
    std::vector<std::size_t> children;
    std::size_t next_child = 0;  ///< the next key to be met, if the order is the last record's
    bool seen = false;
  };

  void add_path(std::string_view path, std::size_t cell);
  std::size_t child_or_new(std::size_t parent, std::string_view key);
  Node* find_child(Node& parent, std::string_view key);
  Node* find_element(Node& parent, std::size_t index);
  Node* meet(Node& node);
  void forget_below(Node& node);
  void set_cells(const Node& node, std::string_view value);
  void note_exponent(const Node& node);

  std::vector<Node> nodes_;  ///< the first is the record itself
  std::vector<std::string_view> cells_;
  std::vector<std::size_t> with_exponent_;
  std::vector<char> unescaped_;
};

}  // namespace payferry
