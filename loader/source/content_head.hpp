#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "loader/source/byte_source.hpp"
#include "loader/source/input_error.hpp"

namespace payferry {

/// The beginning of an input's content, decompressed.
struct ContentHead {
  std::string name;  ///< what messages call the input
  std::string text;
  bool is_whole = false;  ///< nothing follows

  /// The head as content; where more follows, its last row is dropped as one that breaks off.
  std::unique_ptr<ByteSource> source() const;
};

/// Reads the first `bytes`, and on to the end of the first line where that is longer. "-" is
/// standard input.
tl::expected<ContentHead, InputError> read_head(const std::string& path,
                                                std::size_t bytes = 1024 * 1024);

}  // namespace payferry
