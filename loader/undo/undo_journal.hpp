#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "config/settings.hpp"
#include "loader/run/append_file.hpp"
#include "model/ids.hpp"
#include "model/instant.hpp"
#include "model/outcome.hpp"

namespace payferry {

/// A record that the run created, as its outcome line tells.
struct CreatedRecord {
  RecordNumber record;
  LineNumber line;
  std::string file;
  std::string key;
  std::string id;                ///< HubSpot's; empty where its answer did not tell it
  std::uint64_t outcome_at = 0;  ///< byte of the results log where its line starts
};

/// What undo made of a record.
enum class UndoStatus {
  archived,
  refused,     ///< HubSpot refuses to archive it: a Refusal says why
  without_id,  ///< it cannot be named to HubSpot
};

std::string_view to_string(UndoStatus status);

struct UndoCounts {
  std::uint64_t archived = 0;
  std::uint64_t refused = 0;
  std::uint64_t without_id = 0;

  std::uint64_t& of(UndoStatus status);
  std::uint64_t left() const { return refused + without_id; }
  std::uint64_t total() const { return archived + left(); }
};

/// Where an undo stands, folded from its journal.
struct UndoState {
  bool has_begun = false;
  bool complete = false;
  /// Every created record whose outcome line stands before this byte is dealt with …
  std::uint64_t outcomes_bytes = 0;
  /// … and these behind it, by where their outcome lines start.
  std::unordered_set<std::uint64_t> done;
  UndoCounts counts;
  std::uint64_t in_doubt = 0;  ///< of a complete one, see UndoJournal::note_in_doubt
  std::uint64_t bytes = 0;     ///< of the journal's whole lines
};

/// Reads the journal of an undo; a state that has not begun where there is none. Throws DiskFailure
/// for damage, with its place.
UndoState read_undo(const std::filesystem::path& journal);

/// The journal of an undo, undo.ndjson: that it begins, before anything is archived; what became of
/// each record, once that is known; and how far all is dealt with. What was archived and not noted
/// before a crash is archived again, which does nothing new (contract §1.8). Thread: the network's.
class UndoJournal {
 public:
  /// What is to be undone, for whoever reads the journal.
  struct Heading {
    std::string run_id;
    std::string object;
    std::string account;  ///< HubSpot's portal id; empty where it is not known
    std::uint64_t created = 0;
  };

  /// Goes on where `state` ended. Throws DiskFailure.
  UndoJournal(const std::filesystem::path& path, Durability durability, const UndoState& state);

  /// Durable when it returns, as all others.
  void begin(const Heading& heading, Instant at);

  struct Entry {
    const CreatedRecord* record = nullptr;
    UndoStatus status = UndoStatus::archived;
    const Refusal* refusal = nullptr;  ///< of refused
  };
  /// Batch `number` (from 1), which ends at `outcomes_bytes` of the results log, is dealt with.
  /// Batches may come in any order.
  void enter(std::uint64_t number, std::uint64_t outcomes_bytes, const std::vector<Entry>& entries,
             Instant at);
  /// HubSpot may hold this record, and it cannot be told whether the run made it: for people to
  /// look at. `record.id`: what HubSpot has under its key.
  void note_in_doubt(const CreatedRecord& record, Instant at);
  void complete(std::uint64_t in_doubt, Instant at);

  const UndoCounts& counts() const { return counts_; }
  /// Batches that are dealt with, behind one that is not.
  std::size_t ahead() const { return ended_.size(); }

 private:
  void write(std::string_view lines);
  std::string checkpoint();

  AppendFile file_;
  Durability durability_;
  UndoCounts counts_;
  std::map<std::uint64_t, std::uint64_t> ended_;  ///< by number: where it ends
  std::uint64_t next_ = 1;
};

}  // namespace payferry
