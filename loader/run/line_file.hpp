#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>

namespace payferry {

/// Calls `on_line` with each whole line from byte `from` on, without its line end, and with the
/// byte where it starts, in bounded memory. A file that is not there has no lines. Returns the byte
/// after the last whole line: what stands behind it is a torn line. Throws DiskFailure.
std::uint64_t read_lines(
    const std::filesystem::path& path, std::uint64_t from,
    const std::function<void(std::string_view line, std::uint64_t offset)>& on_line);

/// Cuts off what the file has beyond `bytes`, and makes that durable. Throws DiskFailure.
void cut_off(const std::filesystem::path& path, std::uint64_t bytes);

/// Writes again, durably, what the file holds from byte `from` on; the file may be missing. Throws
/// DiskFailure.
void write_again(const std::filesystem::path& path, std::uint64_t from);

}  // namespace payferry
