#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <tl/expected.hpp>

#include "loader/source/byte_source.hpp"
#include "loader/source/input_error.hpp"

namespace payferry {

/// A file, FIFO or descriptor opened for reading, with the name that messages call it by.
class InputFile {
 public:
  /// Refuses directories and what cannot be read. Waits for nobody: a FIFO's writer may come later.
  static tl::expected<InputFile, InputError> open(const std::string& path);
  /// Takes over an open descriptor, such as standard input's duplicate.
  InputFile(int descriptor, std::string name);
  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&&) = delete;
  ~InputFile();

  const std::string& name() const { return name_; }
  int descriptor() const { return descriptor_; }
  /// Size when it was opened; nothing where it is no regular file.
  std::optional<std::uint64_t> size() const { return size_; }

  /// Up to `buffer.size()` bytes from where the last read or seek ended; 0 at the end.
  tl::expected<std::size_t, ReadFailure> read(std::span<char> buffer);
  /// Up to `buffer.size()` bytes from `offset`, fewer only at the end.
  tl::expected<std::size_t, ReadFailure> read_at(std::uint64_t offset, std::span<char> buffer);
  tl::expected<void, ReadFailure> seek(std::uint64_t offset);

 private:
  void wait_for_writer() const;
  ReadFailure failure() const;

  int descriptor_ = -1;
  std::string name_;
  std::optional<std::uint64_t> size_;
  bool waits_for_writer_ = false;  ///< before the first read
};

/// What messages call an input: its path, or "standard input" for "-".
std::string input_name(const std::string& path);

/// The file at `path`, or standard input for "-".
tl::expected<InputFile, InputError> open_input_file(const std::string& path);

}  // namespace payferry
