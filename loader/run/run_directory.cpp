#include "loader/run/run_directory.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "loader/run/disk_failure.hpp"

namespace payferry {

namespace {

constexpr std::string_view kFresh = ".new";  ///< of a file that is about to take the other's place
constexpr std::string_view kRejectsCsv = "rejects.csv";
constexpr std::string_view kRejectsNdjson = "rejects.ndjson";
constexpr std::string_view kUnknownCsv = "unknown.csv";
constexpr std::string_view kUnknownNdjson = "unknown.ndjson";

std::string because(const std::string& what, const std::filesystem::path& path) {
  return what + " " + path.string() + ": " + std::strerror(errno);
}

std::string cannot_make(const std::filesystem::path& path) {
  return because("Cannot make the run directory", path) + "; choose another --run-dir";
}

using Folders = std::vector<std::filesystem::path>;

/// Adds what it makes to `made`, from the outside to the inside.
void make_parents(const std::filesystem::path& folder, Folders& made) {
  std::error_code failure;
  if (folder.empty() || std::filesystem::exists(folder, failure)) return;
  make_parents(folder.parent_path(), made);
  if (std::filesystem::create_directory(folder, failure)) made.push_back(folder);
}

/// As mkdir, for a folder and its parents: 0, or -1 with errno.
int make_folders(const std::filesystem::path& path, Folders& made) {
  // Another payferry may take away the parent that it made, while it is empty.
  constexpr int kMostTries = 3;
  int result = -1;
  for (int tries = 0; tries < kMostTries; ++tries) {
    make_parents(path.parent_path(), made);
    result = ::mkdir(path.c_str(), S_IRWXU);
    if (result == 0) made.push_back(path);
    if (result == 0 || errno != ENOENT) break;
  }
  return result;
}

/// From the inside to the outside, as far as they are empty.
void remove_folders(const Folders& made) {
  std::for_each(made.rbegin(), made.rend(), [](const auto& folder) { ::rmdir(folder.c_str()); });
}

/// "input-12.spool.partial" for `begin` "input-" and `end` ".spool.partial".
bool is_numbered(std::string_view name, std::string_view begin, std::string_view end) {
  if (!name.starts_with(begin) || !name.ends_with(end)) return false;
  if (name.size() <= begin.size() + end.size()) return false;
  const auto number = name.substr(begin.size(), name.size() - begin.size() - end.size());
  return number.find_first_not_of("0123456789") == number.npos;
}

/// What a run makes before it has a manifest, or what is left of one whose manifest is gone.
bool is_ours(std::string_view name) {
  if (name.ends_with(kFresh)) name.remove_suffix(kFresh.size());
  for (const std::string_view own :
       {kManifestFile, kSummaryFile, kOutcomesFile, kAttemptsFile, kUndoFile, kLogFile, kRejectsCsv,
        kRejectsNdjson, kUnknownCsv, kUnknownNdjson}) {
    if (name == own) return true;
  }
  return is_numbered(name, "input-", ".spool") || is_numbered(name, "input-", ".spool.partial") ||
         is_numbered(name, "payferry.", ".log");
}

/// What this process tells goes there.
bool is_own_output(const std::filesystem::path& path) {
  struct stat file {};
  if (::lstat(path.c_str(), &file) != 0) return false;
  for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO}) {
    struct stat output {};
    const bool is_open = ::fstat(descriptor, &output) == 0;
    if (is_open && output.st_dev == file.st_dev && output.st_ino == file.st_ino) return true;
  }
  return false;
}

/// What a directory that was made for runs may hold before one begins: of a fresh file system, and
/// the log that a service manager opened for the process.
bool is_of_the_system(const std::filesystem::directory_entry& entry) {
  std::error_code ignored;
  const std::filesystem::file_status status = entry.symlink_status(ignored);
  if (std::filesystem::is_directory(status)) return entry.path().filename() == "lost+found";
  return entry.path().extension() == ".log" && is_own_output(entry.path());
}

/// What is not of a run, in a directory that holds none.
std::optional<std::filesystem::path> other_entry(const std::filesystem::path& directory) {
  std::error_code ignored;
  if (std::filesystem::exists(directory / kManifestFile, ignored)) return std::nullopt;
  for (const auto& entry : std::filesystem::directory_iterator(directory, ignored)) {
    if (!is_ours(entry.path().filename().string()) && !is_of_the_system(entry)) return entry.path();
  }
  return std::nullopt;
}

/// What another user may have laid into a directory that was open to him: payferry would write
/// payments through it to where he wants them.
std::optional<std::filesystem::path> foreign_entry(const std::filesystem::path& directory) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(directory, ignored)) {
    struct stat status {};
    if (::lstat(entry.path().c_str(), &status) != 0) continue;
    const bool is_roots = status.st_uid == 0 && !is_ours(entry.path().filename().string());
    const bool is_trusted = status.st_uid == ::geteuid() || is_roots;
    if (S_ISLNK(status.st_mode) || !is_trusted) return entry.path();
  }
  return std::nullopt;
}

[[noreturn]] void fail(const std::string& what, const std::filesystem::path& path) {
  throw DiskFailure(because(what, path));
}

}  // namespace

bool is_undone(const std::filesystem::path& run_directory) {
  std::error_code missing;
  return std::filesystem::file_size(run_directory / kUndoFile, missing) > 0 && !missing;
}

bool writes_csv(const std::filesystem::path& run_directory) {
  std::error_code ignored;
  return !std::filesystem::exists(run_directory / kRejectsNdjson, ignored) &&
         !std::filesystem::exists(run_directory / kUnknownNdjson, ignored);
}

tl::expected<RunDirectory, std::string> RunDirectory::open(std::filesystem::path path) {
  if (!path.has_filename()) path = path.parent_path();
  Folders made;
  if (make_folders(path, made) != 0 && errno != EEXIST) {
    const std::string problem = cannot_make(path);
    remove_folders(made);
    return tl::unexpected(problem);
  }
  return hold(std::move(path), std::move(made));
}

tl::expected<RunDirectory, std::string> RunDirectory::hold(std::filesystem::path path,
                                                           Folders made) {
  FileDescriptor lock(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
  if (!lock.is_open())
    return tl::unexpected(because("Cannot open the run directory", path) +
                          "; choose another --run-dir");
  struct stat status {};
  if (::fstat(lock.get(), &status) != 0) return tl::unexpected(because("Cannot look at", path));
  if (status.st_uid != ::geteuid()) {
    return tl::unexpected(
        "The run directory " + path.string() +
        " belongs to another user; run payferry as that user, or choose another --run-dir");
  }
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    return tl::unexpected("Another payferry is at work on " + path.string() +
                          "; wait for it to end, or choose another --run-dir");
  }
  if (const auto other = other_entry(path)) {
    return tl::unexpected("The directory " + path.string() + " holds no run, but other things (" +
                          other->filename().string() +
                          "); choose another --run-dir, one that is empty or not there yet");
  }
  if ((status.st_mode & 077U) != 0 && ::fchmod(lock.get(), S_IRWXU) != 0) {
    return tl::unexpected(because("Cannot make private", path));
  }
  // Not before: from here on nobody else can put anything into it.
  if (const auto foreign = foreign_entry(path)) {
    return tl::unexpected(
        foreign->string() +
        " is a link or belongs to another user, and payferry makes no such file; look who put it "
        "there, and remove it or choose another --run-dir");
  }
  return RunDirectory(std::move(path), std::move(lock), std::move(made));
}

tl::expected<RunDirectory, std::string> RunDirectory::make(const std::filesystem::path& path) {
  std::filesystem::path free = path;
  Folders made;
  for (int number = 2; make_folders(free, made) != 0; ++number) {
    if (errno != EEXIST) {
      const std::string problem = cannot_make(free);
      remove_folders(made);
      return tl::unexpected(problem);
    }
    free = path.string() + "-" + std::to_string(number);
  }
  return hold(std::move(free), std::move(made));
}

tl::expected<RunDirectory, std::string> RunDirectory::open_existing(std::filesystem::path path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path / kManifestFile, ignored)) {
    return tl::unexpected("No run stands in " + path.string() + " (there is no " +
                          std::string(kManifestFile) +
                          "); name the directory that `payferry load` printed");
  }
  return open(std::move(path));
}

void RunDirectory::remove_made() const {
  remove_folders(made_);
}

DiskLog::Paths RunDirectory::log_paths(bool csv) const {
  return {file(csv ? kRejectsCsv : kRejectsNdjson), file(csv ? kUnknownCsv : kUnknownNdjson),
          file(kOutcomesFile), file(kAttemptsFile)};
}

bool RunDirectory::holds_a_run() const {
  return std::filesystem::exists(file(kManifestFile));
}

std::optional<std::string> RunDirectory::read(std::string_view name) const {
  const auto path = file(name);
  const FileDescriptor from(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!from.is_open() && errno == ENOENT) return std::nullopt;
  if (!from.is_open()) fail("Cannot open", path);
  std::string content;
  for (;;) {
    char block[16 * 1024];
    const ssize_t got = ::read(from.get(), block, sizeof block);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("Cannot read", path);
    if (got == 0) return content;
    content.append(block, static_cast<std::size_t>(got));
  }
}

void RunDirectory::replace(std::string_view name, std::string_view content) const {
  const auto path = file(name);
  const auto fresh = file(std::string(name) + std::string(kFresh));
  {
    const int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW;
    const FileDescriptor to(::open(fresh.c_str(), flags, S_IRUSR | S_IWUSR));
    if (!to.is_open()) fail("Cannot open", fresh);
    if (!write_whole(to.get(), content)) fail("Cannot write", fresh);
    if (::fsync(to.get()) != 0) fail("Cannot flush", fresh);
  }
  if (::rename(fresh.c_str(), path.c_str()) != 0) fail("Cannot replace", path);
  if (::fsync(lock_.get()) != 0) fail("Cannot flush", path_);
}

}  // namespace payferry
