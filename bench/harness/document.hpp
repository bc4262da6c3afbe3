#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace payferry::bench {

/// What was measured, by the name of its block in documents, as Markdown.
using MeasuredBlocks = std::map<std::string, std::string>;

/// The document with the measured content of each block that it has:
///
///     <!-- measured: NAME -->
///     …
///     <!-- end -->
///
/// Blocks whose name was not measured stay as they are. Throws std::runtime_error where a block
/// that begins does not end.
std::string with_measured(const std::string& document, const MeasuredBlocks& blocks);

/// Writes that into the file. Throws std::runtime_error.
void update_document(const std::filesystem::path& path, const MeasuredBlocks& blocks);

}  // namespace payferry::bench
