#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "loader/undo/created_records.hpp"
#include "loader/undo/undo_journal.hpp"

namespace payferry {

/// What is about to be archived, for the question before.
struct UndoPlan {
  std::uint64_t records = 0;  ///< still to be archived
  std::string object;
  std::string run_id;
  std::string account;  ///< HubSpot's portal id; empty where it is not known
  std::string base_url;
};

/// The question, without a line end: a "yes" goes on.
std::string undo_question(const UndoPlan& plan);
bool means_yes(std::string_view answer);

/// What a person reads when an undo ends.
struct UndoEnd {
  CreatedCount created;
  UndoCounts counts;
  /// Sent, and the run was broken off before their fate was known; that the run made them cannot
  /// be told, nor that it did not.
  std::uint64_t in_doubt = 0;
  std::string stopped;  ///< one sentence, where it ended early
};

std::string undo_text(const UndoEnd& end, const std::filesystem::path& run_directory);

/// All that the run created is archived, and that can be said for certain.
bool is_all_archived(const UndoEnd& end);

}  // namespace payferry
