#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace payferry {

/// Turns compressed bytes into content, without I/O. Several members or frames in a row are one
/// content.
class Decompressor {
 public:
  struct Step {
    std::size_t consumed = 0;  ///< bytes of the input
    std::size_t produced = 0;  ///< bytes of the output
    std::string damage;        ///< not empty: the data are damaged after what was produced, and why
  };

  virtual ~Decompressor() = default;

  /// Consumes or produces something whenever `input` and `output` are not empty. An empty `input`
  /// is allowed: what did not fit into the last output may still come.
  virtual Step decompress(std::span<const char> input, std::span<char> output) = 0;

  /// The data may end here: a member or frame is whole and no other has begun.
  virtual bool may_end() const = 0;
};

std::unique_ptr<Decompressor> make_gzip_decompressor();
std::unique_ptr<Decompressor> make_zstd_decompressor();

}  // namespace payferry
