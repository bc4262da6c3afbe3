#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <tl/expected.hpp>

#include "model/ids.hpp"

namespace payferry {

/// Why no more bytes can be had before the content's proper end.
struct ReadFailure {
  explicit ReadFailure(std::string text) : message(std::move(text)) {}
  ReadFailure(std::string text, std::string way)
      : message(std::move(text)), remedy(std::move(way)) {}

  std::string message;  ///< one sentence that names the input
  /// What becomes of the rest; mostly there is only one way.
  std::string remedy = "the rest must be loaded from a whole file, as another run";
  bool is_in_content = false;  ///< the stored bytes are at fault, whenever they are read
};

/// The decompressed content of one input, from front to back.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Reads at least one byte and at most `buffer.size()` (which must not be 0); 0 is the end. What
  /// stands before a failure has been delivered by the calls before. Blocks while a pipe has
  /// nothing yet.
  virtual tl::expected<std::size_t, ReadFailure> read(std::span<char> buffer) = 0;

  /// Goes forward to `offset` of the decompressed content: a seek in a plain file, else reading and
  /// forgetting.
  virtual tl::expected<void, ReadFailure> skip_to(ByteOffset offset) = 0;

  /// Bytes taken of the file as it is stored (compressed, if it is), and its whole size where it
  /// has one.
  virtual std::uint64_t stored_bytes_read() const = 0;
  virtual std::optional<std::uint64_t> stored_bytes() const = 0;
};

}  // namespace payferry
