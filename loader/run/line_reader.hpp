#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "loader/run/file_descriptor.hpp"

namespace payferry {

/// Gives the whole lines of a file, or of a pipe, one by one, in bounded memory. A file that is not
/// there has none; a torn line at the end is not given.
class LineReader {
 public:
  /// From byte `from` on, which must be the start of a line. Throws DiskFailure.
  explicit LineReader(std::filesystem::path path, std::uint64_t from = 0);

  /// Without its line end; holds until the next call. Throws DiskFailure.
  std::optional<std::string_view> next();
  /// The byte where the line given last starts.
  std::uint64_t line_offset() const { return line_offset_; }
  /// The byte where the next line starts; once there is none, that is where a torn one begins.
  std::uint64_t next_offset() const { return block_offset_ + taken_; }

 private:
  bool fill();

  std::filesystem::path path_;
  FileDescriptor file_;
  std::string block_;  ///< from the start of the first line that was not given when it was read
  std::uint64_t block_offset_;  ///< where the block starts in the file
  std::size_t taken_ = 0;       ///< bytes of the block that were given
  std::size_t searched_ = 0;    ///< bytes of the block behind taken_ that hold no line end
  std::uint64_t line_offset_ = 0;
};

}  // namespace payferry
