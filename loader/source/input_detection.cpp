#include "loader/source/input_detection.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "loader/source/decompressing_source.hpp"
#include "loader/source/peekable_source.hpp"

namespace payferry {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t kMagicBytes = 8;
constexpr std::size_t kMostBlanks = 64 * 1024;
constexpr std::string_view kBlanks = " \t\r\n";

/// A zstd file may begin with a skippable frame instead of one with content.
bool is_zstd(std::string_view head) {
  const bool skippable =
      head.size() >= 4 && (head[0] & 0xF0) == 0x50 && head.substr(1, 3) == "\x2A\x4D\x18"sv;
  return skippable || head.starts_with("\x28\xB5\x2F\xFD"sv);
}

InputCompression detect_compression(std::string_view head) {
  if (head.starts_with("\x1F\x8B"sv)) return InputCompression::gzip;
  return is_zstd(head) ? InputCompression::zstd : InputCompression::none;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(kBlanks) == text.npos;
}

/// What the file is, where it is something that cannot be read.
std::optional<std::string_view> foreign_kind(std::string_view head) {
  if (head.starts_with("PK\x03\x04"sv)) {
    return "a zip archive or a workbook; unpack it, or save it as CSV";
  }
  if (head.starts_with("\xFD"
                       "7zXZ\x00"sv)) {
    return "compressed with xz; decompress it first";
  }
  if (head.starts_with("BZh"sv) && head.size() > 4 && head.substr(4).starts_with("1AY"sv)) {
    return "compressed with bzip2; decompress it first";
  }
  if (head.starts_with("PAR1"sv)) return "a Parquet file; export it as CSV or NDJSON";
  return std::nullopt;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char byte) { return static_cast<char>(std::tolower(byte)); });
  return lower;
}

std::string_view without_suffix(std::string_view text, std::string_view suffix) {
  if (text.ends_with(suffix)) text.remove_suffix(suffix.size());
  return text;
}

bool ends_with_any(std::string_view name, std::initializer_list<std::string_view> suffixes) {
  return std::any_of(suffixes.begin(), suffixes.end(),
                     [name](std::string_view suffix) { return name.ends_with(suffix); });
}

}  // namespace

tl::expected<std::unique_ptr<ByteSource>, InputError> open_content(
    std::unique_ptr<ByteSource> source, const std::string& name, InputCompression compression) {
  auto stored = std::make_unique<PeekableSource>(std::move(source));
  const auto head = stored->peek(kMagicBytes);
  if (!head)
    return tl::unexpected(
        InputError("The input " + name + " is unusable: " + head.error().message + "."));
  if (compression == InputCompression::automatic) {
    if (const auto kind = foreign_kind(*head)) {
      return tl::unexpected(InputError("The input " + name + " is " + std::string(*kind) + "."));
    }
    compression = detect_compression(*head);
  }
  switch (compression) {
    case InputCompression::gzip:
      return std::make_unique<DecompressingSource>(std::move(stored), make_gzip_decompressor(),
                                                   "gzip");
    case InputCompression::zstd:
      return std::make_unique<DecompressingSource>(std::move(stored), make_zstd_decompressor(),
                                                   "zstd");
    default:
      return stored;
  }
}

std::optional<InputError> begin_text(ReadWindow& window, const std::string& name) {
  while (window.held().size() < kUtf8Mark.size() && window.fill()) {
  }
  const std::string_view text = window.held();
  if (text.empty() && window.failure()) {
    return InputError("The input " + name + " cannot be read: " + window.failure()->message + ".");
  }
  if (text.empty()) {
    return InputError("The input " + name +
                      " is empty: it has 0 bytes of content, not even a header.");
  }
  if (text.starts_with("\xFF\xFE"sv) || text.starts_with("\xFE\xFF"sv)) {
    return InputError("The input " + name +
                      " is UTF-16; convert it to UTF-8 first, for example with iconv.");
  }
  if (text.starts_with(kUtf8Mark)) window.consume(kUtf8Mark.size());
  while (is_blank(window.held()) && window.held().size() < kMostBlanks && window.fill()) {
  }
  return std::nullopt;
}

InputFormat detect_format(std::string_view name, std::string_view text) {
  const std::string lower = lower_case(name);
  const std::string_view stem =
      without_suffix(without_suffix(without_suffix(lower, ".zst"), ".gz"), ".gzip");
  if (ends_with_any(stem, {".csv", ".tsv"})) return InputFormat::csv;
  if (ends_with_any(stem, {".ndjson", ".jsonl", ".json"})) return InputFormat::ndjson;
  const std::size_t first = text.find_first_not_of(kBlanks);
  return first != text.npos && text[first] == '{' ? InputFormat::ndjson : InputFormat::csv;
}

}  // namespace payferry
