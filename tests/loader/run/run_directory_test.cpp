#include "loader/run/run_directory.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "loader/run/disk_failure.hpp"
#include "loader/run/file_descriptor.hpp"
#include "loader/source/temp_directory.hpp"

namespace payferry {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

/// As a service manager opens a log for the process.
class OutputInto {
 public:
  OutputInto(int descriptor, const std::filesystem::path& file)
      : descriptor_(descriptor), before_(::dup(descriptor)) {
    const FileDescriptor log(::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
    ::dup2(log.get(), descriptor);
  }
  ~OutputInto() { ::dup2(before_.get(), descriptor_); }
  OutputInto(const OutputInto&) = delete;
  OutputInto& operator=(const OutputInto&) = delete;

 private:
  int descriptor_;
  FileDescriptor before_;
};

class RunDirectoryTest : public testing::Test {
 protected:
  static mode_t mode_of(const std::filesystem::path& path) {
    struct stat status {};
    EXPECT_EQ(::lstat(path.c_str(), &status), 0);
    return status.st_mode & 07777;
  }
  static constexpr uid_t kOtherUser = 12345;
  std::string refusal() const { return refusal_of(RunDirectory::open(path_)); }
  static std::string refusal_of(const tl::expected<RunDirectory, std::string>& directory) {
    return directory ? "" : directory.error();
  }

  TempDirectory parent_;
  const std::filesystem::path path_ = parent_.path() / "runs" / "may";
};

TEST_F(RunDirectoryTest, IsMadeWithItsParentsForItsUserOnly) {
  const auto directory = RunDirectory::open(path_);
  ASSERT_TRUE(directory) << directory.error();
  EXPECT_EQ(mode_of(path_), 0700U);
  EXPECT_EQ(directory->path(), path_);
  EXPECT_FALSE(directory->holds_a_run());
}

TEST_F(RunDirectoryTest, WhatWasMadeForItIsTakenAwayWithItAndNothingElse) {
  RunDirectory::open(path_)->remove_made();
  EXPECT_FALSE(std::filesystem::exists(path_.parent_path())) << "its parents too";
  EXPECT_TRUE(std::filesystem::exists(parent_.path()));
  RunDirectory::make(path_)->remove_made();
  EXPECT_FALSE(std::filesystem::exists(path_.parent_path()));
  std::filesystem::create_directories(path_.parent_path());
  RunDirectory::open(path_)->remove_made();
  EXPECT_FALSE(std::filesystem::exists(path_));
  EXPECT_TRUE(std::filesystem::exists(path_.parent_path())) << "it stood there before";
  std::filesystem::create_directories(path_);
  RunDirectory::open(path_)->remove_made();
  EXPECT_TRUE(std::filesystem::exists(path_)) << "it stood there before";
}

TEST_F(RunDirectoryTest, WhatIsNotEmptyIsNotTakenAway) {
  const auto directory = RunDirectory::open(path_);
  ASSERT_TRUE(directory) << directory.error();
  std::ofstream(path_.parent_path() / "letter.txt") << "dear";
  directory->remove_made();
  EXPECT_FALSE(std::filesystem::exists(path_));
  EXPECT_TRUE(std::filesystem::exists(path_.parent_path() / "letter.txt"));
}

TEST_F(RunDirectoryTest, WhereItCannotBeMadeItsParentsAreNotLeft) {
  const std::string too_long(300, 'x');
  EXPECT_THAT(refusal_of(RunDirectory::open(path_.parent_path() / too_long)),
              HasSubstr("Cannot make the run directory"));
  EXPECT_THAT(refusal_of(RunDirectory::make(path_.parent_path() / too_long)),
              HasSubstr("Cannot make the run directory"));
  EXPECT_FALSE(std::filesystem::exists(path_.parent_path()));
}

TEST_F(RunDirectoryTest, ADirectoryThatOthersMayReadIsMadePrivate) {
  std::filesystem::create_directories(path_);
  ASSERT_EQ(::chmod(path_.c_str(), 0755), 0);
  const auto directory = RunDirectory::open(path_);
  ASSERT_TRUE(directory) << directory.error();
  EXPECT_EQ(mode_of(path_), 0700U);
}

TEST_F(RunDirectoryTest, ADirectoryOfOtherThingsIsRefusedAndLeftAsItIs) {
  std::filesystem::create_directories(path_);
  ASSERT_EQ(::chmod(path_.c_str(), 0755), 0);
  std::ofstream(path_ / "letter.txt") << "dear";
  EXPECT_THAT(refusal(), AllOf(HasSubstr("holds no run"), HasSubstr("letter.txt")));
  EXPECT_EQ(mode_of(path_), 0755U);
  std::ofstream(path_ / "run.json") << "{}";
  EXPECT_EQ(refusal(), "") << "who keeps a letter beside a run may";
}

TEST_F(RunDirectoryTest, WhatIsLeftOfARunThatNeverBeganIsTaken) {
  std::filesystem::create_directories(path_);
  for (const char* name :
       {"payferry.log", "payferry.1.log", "input-1.spool", "input-12.spool.partial",
        "outcomes.ndjson", "attempts.ndjson", "rejects.csv", "unknown.ndjson", "run.json.new"})
    std::ofstream(path_ / name) << "";
  EXPECT_EQ(refusal(), "");
}

TEST_F(RunDirectoryTest, WhatIsOnlyNamedLikeAFileOfARunIsAnotherThing) {
  std::filesystem::create_directories(path_);
  for (const char* name : {"payferry.toml", "input-may.csv", "input-.spool", "outcomes.xlsx",
                           "rejects.csv.bak", "undo.ndjson~", "attempts."}) {
    std::ofstream(path_ / name) << "";
    EXPECT_THAT(refusal(), HasSubstr(name));
    std::filesystem::remove(path_ / name);
  }
}

TEST_F(RunDirectoryTest, AFreshFileSystemAndTheLogThatItIsToldIntoAreNotInTheWay) {
  std::filesystem::create_directories(path_ / "lost+found");
  for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO}) {
    const OutputInto log(descriptor, path_ / "service.log");
    EXPECT_EQ(refusal(), "");
  }
}

TEST_F(RunDirectoryTest, LogsOfOthersAreRefusedAndLeftAsTheyAre) {
  std::filesystem::create_directories(path_);
  ASSERT_EQ(::chmod(path_.c_str(), 0755), 0);
  std::ofstream(path_ / "nginx.log") << "GET /";
  std::ofstream(path_ / "payferry.log") << "Started";
  EXPECT_THAT(refusal(), AllOf(HasSubstr("holds no run"), HasSubstr("nginx.log")));
  EXPECT_EQ(mode_of(path_), 0755U);
}

TEST_F(RunDirectoryTest, WhereANameIsTakenAnotherOneIsMade) {
  std::vector<std::filesystem::path> made;
  for (int i = 0; i < 3; ++i) {
    const auto directory = RunDirectory::make(path_);
    ASSERT_TRUE(directory) << directory.error();
    made.push_back(directory->path());
  }
  EXPECT_THAT(made, ElementsAre(path_, path_.string() + "-2", path_.string() + "-3"));
  EXPECT_EQ(mode_of(made.back()), 0700U);
}

TEST_F(RunDirectoryTest, SaysWhereNoneCanBeMade) {
  std::ofstream(parent_.path() / "runs") << "a file";
  EXPECT_THAT(refusal_of(RunDirectory::make(path_)),
              HasSubstr("Cannot make the run directory " + path_.string()));
}

TEST_F(RunDirectoryTest, ASlashAtTheEndIsTheSameDirectory) {
  const auto directory = RunDirectory::open(path_.string() + "/");
  ASSERT_TRUE(directory) << directory.error();
  EXPECT_EQ(directory->path(), path_);
  EXPECT_THAT(refusal(), HasSubstr("at work"));
}

TEST_F(RunDirectoryTest, WhileOneHoldsItAnotherIsRefused) {
  {
    const auto held = RunDirectory::open(path_);
    ASSERT_TRUE(held);
    EXPECT_EQ(refusal(), "Another payferry is at work on " + path_.string() +
                             "; wait for it to end, or choose another --run-dir");
  }
  EXPECT_EQ(refusal(), "");
}

TEST_F(RunDirectoryTest, MovingItKeepsTheLock) {
  auto first = RunDirectory::open(path_);
  ASSERT_TRUE(first);
  const RunDirectory second = std::move(*first);
  EXPECT_THAT(refusal(), HasSubstr("at work"));
}

TEST_F(RunDirectoryTest, ASymbolicLinkIsRefused) {
  std::filesystem::create_directories(path_.parent_path());
  std::filesystem::create_directory(parent_.path() / "elsewhere");
  std::filesystem::create_directory_symlink(parent_.path() / "elsewhere", path_);
  EXPECT_THAT(refusal(), AllOf(HasSubstr("run directory"), HasSubstr(path_.string())));
  EXPECT_THAT(refusal_of(RunDirectory::open(path_.string() + "/")), HasSubstr(path_.string()));
}

TEST_F(RunDirectoryTest, ALinkThatWasLaidIntoItIsRefused) {
  std::filesystem::create_directories(path_);
  parent_.write("elsewhere", "keep this");
  std::filesystem::create_symlink(parent_.path() / "elsewhere", path_ / "payferry.log");
  EXPECT_THAT(refusal(), AllOf(HasSubstr((path_ / "payferry.log").string()), HasSubstr("link")));
  EXPECT_EQ(parent_.read("elsewhere"), "keep this");
}

TEST_F(RunDirectoryTest, SomebodyElsesFileInItIsRefused) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a file away";
  std::filesystem::create_directories(path_);
  std::ofstream(path_ / "outcomes.ndjson") << "{}";
  ASSERT_EQ(::chown((path_ / "outcomes.ndjson").c_str(), 12345, static_cast<gid_t>(-1)), 0);
  EXPECT_THAT(refusal(), HasSubstr("belongs to another user"));
}

// Root has made what belongs to a file system or a service, and needs no file to do harm.
TEST_F(RunDirectoryTest, RootsThingsInItAreNotInTheWayOfAnother) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can be another user";
  std::filesystem::create_directories(path_ / "lost+found");
  const OutputInto log(STDERR_FILENO, path_ / "service.log");
  ASSERT_EQ(::chown(path_.c_str(), kOtherUser, static_cast<gid_t>(-1)), 0);
  std::filesystem::permissions(parent_.path(), std::filesystem::perms(0711));
  const auto refusal_there = [this] {
    EXPECT_EQ(::seteuid(kOtherUser), 0);
    std::string text = refusal();
    EXPECT_EQ(::seteuid(0), 0);
    return text;
  };
  EXPECT_EQ(refusal_there(), "");
  std::ofstream(path_ / "outcomes.ndjson") << "{}";
  EXPECT_THAT(refusal_there(), HasSubstr("belongs to another user"));
}

TEST_F(RunDirectoryTest, WhatIsNoDirectoryIsRefused) {
  parent_.write("file", "");
  for (const auto& path : {parent_.path() / "file", parent_.path() / "file" / "below"}) {
    EXPECT_THAT(
        refusal_of(RunDirectory::open(path)),
        AllOf(HasSubstr(path.string()), HasSubstr("Not a directory; choose another --run-dir")));
  }
}

TEST_F(RunDirectoryTest, SomebodyElsesDirectoryIsRefused) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a directory away";
  std::filesystem::create_directories(path_);
  ASSERT_EQ(::chown(path_.c_str(), 12345, static_cast<gid_t>(-1)), 0);
  EXPECT_THAT(refusal(), AllOf(HasSubstr("belongs to another user"), HasSubstr(path_.string())));
}

TEST_F(RunDirectoryTest, OnlyADirectoryWithARunCanBeGoneOnWith) {
  EXPECT_THAT(
      refusal_of(RunDirectory::open_existing(path_)),
      AllOf(HasSubstr("No run stands in " + path_.string()), HasSubstr("there is no run.json")));
  EXPECT_FALSE(std::filesystem::exists(path_));
  {
    const auto fresh = RunDirectory::open(path_);
    ASSERT_TRUE(fresh);
    fresh->replace(kManifestFile, "{}");
    EXPECT_TRUE(fresh->holds_a_run());
  }
  const auto directory = RunDirectory::open_existing(path_);
  ASSERT_TRUE(directory) << directory.error();
  EXPECT_TRUE(directory->holds_a_run());
}

TEST_F(RunDirectoryTest, NamesTheLogsByTheSourcesFormat) {
  const auto directory = RunDirectory::open(path_);
  ASSERT_TRUE(directory);
  const DiskLog::Paths csv{path_ / "rejects.csv", path_ / "unknown.csv", path_ / "outcomes.ndjson",
                           path_ / "attempts.ndjson"};
  const DiskLog::Paths ndjson{path_ / "rejects.ndjson", path_ / "unknown.ndjson",
                              path_ / "outcomes.ndjson", path_ / "attempts.ndjson"};
  EXPECT_EQ(directory->log_paths(true), csv);
  EXPECT_EQ(directory->log_paths(false), ndjson);
}

TEST_F(RunDirectoryTest, TellsTheFormatOfAStandingRunByTheRowsThatWereNotLoaded) {
  ASSERT_TRUE(RunDirectory::open(path_));
  EXPECT_TRUE(writes_csv(path_));
  for (const char* name : {"rejects", "unknown"}) {
    const auto csv = path_ / (std::string(name) + ".csv");
    const auto ndjson = path_ / (std::string(name) + ".ndjson");
    std::ofstream(csv).flush();
    EXPECT_TRUE(writes_csv(path_)) << csv;
    std::filesystem::rename(csv, ndjson);
    EXPECT_FALSE(writes_csv(path_)) << ndjson;
    std::filesystem::remove(ndjson);
  }
}

class RunDirectoryFileTest : public RunDirectoryTest {
 protected:
  std::filesystem::path file(const std::string& name) const { return path_ / name; }
  std::string read(const std::string& name) const {
    std::ostringstream content;
    content << std::ifstream(file(name), std::ios::binary).rdbuf();
    return content.str();
  }

  const RunDirectory directory_ = RunDirectory::open(path_).value();
};

TEST_F(RunDirectoryFileTest, AFileThatIsNotThereHasNoContent) {
  EXPECT_EQ(directory_.read("run.json"), std::nullopt);
}

TEST_F(RunDirectoryFileTest, ReadsBackWhatItWroteOfAnySize) {
  for (const std::size_t size : {0U, 1U, 16U * 1024U, 16U * 1024U + 1U, 1'000'000U}) {
    const std::string content(size, 'x');
    directory_.replace("run.json", content);
    EXPECT_EQ(directory_.read("run.json"), content) << size;
  }
}

TEST_F(RunDirectoryFileTest, FilesAreForTheirUserOnly) {
  directory_.replace("run.json", "{}");
  EXPECT_EQ(mode_of(file("run.json")), 0600U);
}

TEST_F(RunDirectoryFileTest, AReaderOfTheOldFileKeepsSeeingTheOldContent) {
  directory_.replace("run.json", "old");
  std::ifstream reader(file("run.json"));
  directory_.replace("run.json", "new and longer");
  std::string seen;
  std::getline(reader, seen);
  EXPECT_EQ(seen, "old");
  EXPECT_EQ(read("run.json"), "new and longer");
}

TEST_F(RunDirectoryFileTest, WhatACrashLeftHalfWrittenIsNotInTheWayAndDoesNotStay) {
  std::ofstream(file("run.json.new")) << "a longer half of a manifest";
  directory_.replace("run.json", "new");
  EXPECT_EQ(read("run.json"), "new");
  EXPECT_FALSE(std::filesystem::exists(file("run.json.new")));
}

TEST_F(RunDirectoryFileTest, ALinkIsReplacedAndNotFollowed) {
  parent_.write("elsewhere", "keep this");
  std::filesystem::create_symlink(parent_.path() / "elsewhere", file("run.json"));
  directory_.replace("run.json", "new");
  EXPECT_EQ(parent_.read("elsewhere"), "keep this");
  EXPECT_FALSE(std::filesystem::is_symlink(file("run.json")));
  EXPECT_EQ(read("run.json"), "new");
}

TEST_F(RunDirectoryFileTest, ALinkInPlaceOfTheFreshFileIsRefused) {
  parent_.write("elsewhere", "keep this");
  std::filesystem::create_symlink(parent_.path() / "elsewhere", file("run.json.new"));
  EXPECT_THROW(directory_.replace("run.json", "new"), DiskFailure);
  EXPECT_EQ(parent_.read("elsewhere"), "keep this");
}

TEST_F(RunDirectoryFileTest, AFailureNamesTheFileAndLeavesTheOldContent) {
  directory_.replace("run.json", "old");
  std::filesystem::create_directory(file("run.json.new"));
  try {
    directory_.replace("run.json", "new");
    FAIL() << "a directory was written";
  } catch (const DiskFailure& failure) {
    EXPECT_THAT(failure.what(), HasSubstr(file("run.json.new").string()));
  }
  EXPECT_EQ(read("run.json"), "old");
}

TEST_F(RunDirectoryFileTest, WhatCannotBeReadIsNamed) {
  std::filesystem::create_directory(file("run.json"));
  try {
    directory_.read("run.json");
    FAIL() << "a directory was read";
  } catch (const DiskFailure& failure) {
    EXPECT_THAT(failure.what(), HasSubstr(file("run.json").string()));
  }
}

}  // namespace
}  // namespace payferry
