#include "loader/source/content_head.hpp"

#include <utility>

#include "loader/source/file_byte_source.hpp"
#include "loader/source/input_detection.hpp"
#include "loader/source/string_source.hpp"

namespace payferry {

namespace {

constexpr std::size_t kBlockBytes = 256 * 1024;
/// As long as a header may be (CsvReader).
constexpr std::size_t kMostBytes = 16 * 1024 * 1024;

bool has_line_end(const std::string& text) {
  return text.find_first_of("\r\n") != std::string::npos;
}

/// Whether the content has come to its end. What breaks off is used as far as it goes.
bool read_up_to(ByteSource& content, std::size_t bytes, std::string& text) {
  while (text.size() < bytes || (text.size() < kMostBytes && !has_line_end(text))) {
    const std::size_t held = text.size();
    text.resize(held + kBlockBytes);
    const auto got = content.read(std::span<char>(text).subspan(held));
    text.resize(held + got.value_or(0));
    if (!got) return false;
    if (*got == 0) return true;
  }
  return false;
}

}  // namespace

std::unique_ptr<ByteSource> ContentHead::source() const {
  if (is_whole) return std::make_unique<StringSource>(text);
  return std::make_unique<StringSource>(text, ReadFailure("only its beginning is looked at"));
}

tl::expected<ContentHead, InputError> read_head(const std::string& path, std::size_t bytes) {
  ContentHead head;
  head.name = input_name(path);
  auto file = open_input_file(path);
  if (!file) return tl::unexpected(file.error());
  auto content = open_content(std::make_unique<FileByteSource>(std::move(*file)), head.name,
                              InputCompression::automatic);
  if (!content) return tl::unexpected(content.error());
  head.is_whole = read_up_to(**content, bytes, head.text);
  return head;
}

}  // namespace payferry
