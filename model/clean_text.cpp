#include "model/clean_text.hpp"

#include <algorithm>
#include <cstdint>

namespace payferry {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

/// Bytes of the UTF-8 sequence that `text` starts with, 0 where it is not valid (overlong,
/// surrogate, cut off).
std::size_t sequence_bytes(std::string_view text) {
  const auto byte = [text](std::size_t index) {
    return index < text.size() ? static_cast<std::uint8_t>(text[index]) : std::uint8_t{0};
  };
  const auto continues = [&byte](std::size_t index) { return (byte(index) & 0xC0) == 0x80; };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  if (!continues(1)) return 0;
  if (lead < 0xE0) return 2;
  if (!continues(2)) return 0;
  if (lead < 0xF0) {
    const bool overlong = lead == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = lead == 0xED && byte(1) >= 0xA0;
    return overlong || surrogate ? 0 : 3;
  }
  if (!continues(3)) return 0;
  const bool overlong = lead == 0xF0 && byte(1) < 0x90;
  const bool beyond = lead == 0xF4 && byte(1) >= 0x90;
  return overlong || beyond ? 0 : 4;
}

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

}  // namespace

std::string clean_text(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes && is_plain(text)) return std::string(text);
  std::string clean;
  while (!text.empty()) {
    const std::size_t bytes = sequence_bytes(text);
    const bool control = bytes == 1 && (text[0] < 0x20 || text[0] == 0x7F);
    const std::string_view piece = bytes == 0 ? kReplacement
                                   : control  ? " "
                                              : text.substr(0, bytes);
    if (clean.size() + piece.size() > max_bytes) return clean.append(kEllipsis);
    clean += piece;
    text.remove_prefix(std::max<std::size_t>(bytes, 1));
  }
  return clean;
}

std::string valid_utf8(std::string_view text) {
  std::string valid;
  while (!text.empty()) {
    const std::size_t bytes = sequence_bytes(text);
    valid += bytes == 0 ? kReplacement : text.substr(0, bytes);
    text.remove_prefix(std::max<std::size_t>(bytes, 1));
  }
  return valid;
}

}  // namespace payferry
