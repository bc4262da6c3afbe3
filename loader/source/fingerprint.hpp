#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "loader/source/input_error.hpp"

namespace payferry {

/// Tells whether a file is the one that a run began with: its size and hashes of its first and last
/// 64 KiB. It sees another file, rows added or cut off, a change near either end or one that moves
/// the size; not a change of the same length in the middle. The time of modification is not looked
/// at: copying and restoring alter it.
struct Fingerprint {
  std::uint64_t size = 0;
  std::uint64_t head_hash = 0;
  std::uint64_t tail_hash = 0;

  bool operator==(const Fingerprint&) const = default;
};

/// Of the file as it stands now.
tl::expected<Fingerprint, InputError> fingerprint_of(const std::string& path);

/// Nothing where the file at `path` still is what was recorded, else one sentence on what is
/// different.
std::optional<std::string> changed_since(const std::string& path, const Fingerprint& recorded);

/// The two hashes as hexadecimal text for the manifest, and back. The size stands beside them.
std::string hashes_to_text(const Fingerprint& fingerprint);
std::optional<Fingerprint> fingerprint_from_text(std::uint64_t size, std::string_view hashes);

}  // namespace payferry
