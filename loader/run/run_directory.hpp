#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "loader/run/disk_log.hpp"
#include "loader/run/file_descriptor.hpp"

namespace payferry {

/// A run's directory, held by this process alone: the lock goes with the process, whatever ends it.
class RunDirectory {
 public:
  /// Makes the directory (0700, with its parents) unless it stands, and locks it. The error is one
  /// sentence: held by another process, not a directory, a symbolic link, somebody else's, full of
  /// other things, not writable.
  static tl::expected<RunDirectory, std::string> open(std::filesystem::path path);
  /// The same, but makes a directory that nobody has yet: at `path`, or at `path`-2 and so on.
  static tl::expected<RunDirectory, std::string> make(const std::filesystem::path& path);
  /// The same, but the directory must stand and hold a run.
  static tl::expected<RunDirectory, std::string> open_existing(std::filesystem::path path);

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path file(std::string_view name) const { return path_ / name; }
  /// `csv`: whether rejects are written as CSV or as NDJSON.
  DiskLog::Paths log_paths(bool csv) const;

  bool holds_a_run() const;
  /// Takes away the directory and the parents that this process made for it, as far as they are
  /// empty.
  void remove_made() const;
  /// Whole content of a file; nothing where it is not there. Throws DiskFailure.
  std::optional<std::string> read(std::string_view name) const;
  /// Replaces the file in one step that is durable: a reader sees the old content or the new.
  /// Throws DiskFailure.
  void replace(std::string_view name, std::string_view content) const;

 private:
  using Folders = std::vector<std::filesystem::path>;

  RunDirectory(std::filesystem::path path, FileDescriptor lock, Folders made)
      : path_(std::move(path)), lock_(std::move(lock)), made_(std::move(made)) {}

  /// Locks and looks at a directory that stands; `made` of it and its parents was made just now.
  static tl::expected<RunDirectory, std::string> hold(std::filesystem::path path, Folders made);

  std::filesystem::path path_;
  FileDescriptor lock_;  ///< of the directory itself
  Folders made_;         ///< from the outside to the inside
};

/// How the run that stands in the directory writes the rows that were not loaded: as CSV or as
/// NDJSON. CSV where there are none yet.
bool writes_csv(const std::filesystem::path& run_directory);

/// payferry undo has begun to archive what the run there created.
bool is_undone(const std::filesystem::path& run_directory);

inline constexpr std::string_view kManifestFile = "run.json";
inline constexpr std::string_view kSummaryFile = "summary.json";
inline constexpr std::string_view kOutcomesFile = "outcomes.ndjson";
inline constexpr std::string_view kAttemptsFile = "attempts.ndjson";
inline constexpr std::string_view kUndoFile = "undo.ndjson";
inline constexpr std::string_view kLogFile = "payferry.log";

}  // namespace payferry
