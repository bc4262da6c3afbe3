#include "loader/source/fingerprint.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <vector>

#include "loader/source/input_file.hpp"
#include "model/counted.hpp"

namespace payferry {

namespace {

constexpr std::uint64_t kHashedBytes = 64 * 1024;
constexpr std::size_t kHexDigits = 16;

/// FNV-1a: the files are not an adversary's, and no library is needed for it.
std::uint64_t hash(const std::vector<char>& bytes) {
  std::uint64_t value = 0xcbf29ce484222325;
  for (const char byte : bytes) value = (value ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  return value;
}

InputError cannot_compare(const ReadFailure& failure) {
  return InputError("The input cannot be used: " + failure.message + ".");
}

tl::expected<std::uint64_t, InputError> hash_part(InputFile& file, std::uint64_t from,
                                                  std::uint64_t to) {
  std::vector<char> bytes(to - from);
  const auto got = file.read_at(from, bytes);
  if (!got) return tl::unexpected(cannot_compare(got.error()));
  bytes.resize(*got);
  return hash(bytes);
}

/// Fingerprint of the first `size` bytes.
tl::expected<Fingerprint, InputError> fingerprint_of_part(InputFile& file, std::uint64_t size) {
  const auto head = hash_part(file, 0, std::min(size, kHashedBytes));
  if (!head) return tl::unexpected(head.error());
  const auto tail = hash_part(file, size - std::min(size, kHashedBytes), size);
  if (!tail) return tl::unexpected(tail.error());
  return Fingerprint{size, *head, *tail};
}

std::optional<std::uint64_t> parse_hex(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string size_change(const std::string& path, std::uint64_t before, std::uint64_t now) {
  return path + " has " + std::to_string(now) + " " + word_for(now, "byte") + " and had " +
         std::to_string(before) + " when the run began";
}

std::optional<std::string> compare(const std::string& path, InputFile& file,
                                   const Fingerprint& recorded) {
  const std::uint64_t size = file.size().value_or(0);
  if (size < recorded.size)
    return size_change(path, recorded.size, size) + "; put the whole file back.";
  const auto now = fingerprint_of_part(file, recorded.size);
  if (!now) return now.error().message;
  if (*now != recorded) {
    return path +
           " is not the file that the run began with: its content has changed; put that file back, "
           "or "
           "load this one in a run of its own.";
  }
  if (size == recorded.size) return std::nullopt;
  return size_change(path, recorded.size, size) +
         ": rows were added; put the file back as it was, and load the new rows in a run of their "
         "own.";
}

}  // namespace

tl::expected<Fingerprint, InputError> fingerprint_of(const std::string& path) {
  auto file = InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  if (!file->size()) {
    return tl::unexpected(
        InputError("The input " + path + " is no regular file and has no fingerprint."));
  }
  return fingerprint_of_part(*file, *file->size());
}

std::optional<std::string> changed_since(const std::string& path, const Fingerprint& recorded) {
  auto file = InputFile::open(path);
  if (!file) return file.error().message;
  return compare(path, *file, recorded);
}

std::string hashes_to_text(const Fingerprint& fingerprint) {
  char text[2 * kHexDigits + 1];
  std::snprintf(text, sizeof text, "%016lx%016lx", fingerprint.head_hash, fingerprint.tail_hash);
  return text;
}

std::optional<Fingerprint> fingerprint_from_text(std::uint64_t size, std::string_view hashes) {
  if (hashes.size() != 2 * kHexDigits) return std::nullopt;
  const auto head = parse_hex(hashes.substr(0, kHexDigits));
  const auto tail = parse_hex(hashes.substr(kHexDigits));
  if (!head || !tail) return std::nullopt;
  return Fingerprint{size, *head, *tail};
}

}  // namespace payferry
