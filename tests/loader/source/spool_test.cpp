#include "loader/source/spool.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stop_token>
#include <thread>

#include "read_content.hpp"
#include "temp_directory.hpp"
#include "watched_disk.hpp"

namespace payferry {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::unique_ptr<Spool> started(InputFile pipe, const std::filesystem::path& file,
                               Durability durability) {
  Spool::Options options;
  options.durability = durability;
  auto spool = Spool::start(std::move(pipe), file, options);
  EXPECT_TRUE(spool);
  return std::move(*spool);
}

class SpoolTest : public testing::Test {
 protected:
  SpoolTest() {
    EXPECT_EQ(::pipe(ends_.data()), 0);
    spool_ = started(InputFile(ends_[0], "standard input"), file_, Durability::commit);
  }
  ~SpoolTest() override { close_pipe(); }

  void send(const std::string& text) {
    ASSERT_EQ(::write(ends_[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  void close_pipe() {
    if (ends_[1] >= 0) ::close(ends_[1]);
    ends_[1] = -1;
  }

  TempDirectory directory_;
  const std::filesystem::path file_ = directory_.path() / "input-1.spool";
  std::array<int, 2> ends_{};
  std::unique_ptr<Spool> spool_;
};

TEST_F(SpoolTest, GivesWhatHasComeWhileMoreIsComing) {
  SpoolSource source(*spool_);
  std::string buffer(100, '\0');
  send("first");
  EXPECT_EQ(source.read(buffer).value_or(0), 5U);
  send("second");
  EXPECT_EQ(source.read(buffer).value_or(0), 6U);
  EXPECT_EQ(buffer.substr(0, 6), "second");
  EXPECT_FALSE(source.stored_bytes());
  close_pipe();
  EXPECT_EQ(source.read(buffer).value_or(9), 0U);
  EXPECT_EQ(source.stored_bytes(), 11U);
}

TEST_F(SpoolTest, KeepsAllOfItInAFileOfItsUsersOwn) {
  const std::string text(1'000'000, 'p');
  std::thread sender([&] {
    for (std::size_t at = 0; at < text.size(); at += 10'000) send(text.substr(at, 10'000));
    close_pipe();
  });
  SpoolSource source(*spool_);
  EXPECT_TRUE(read_content(source, 777).text == text);
  sender.join();
  EXPECT_TRUE(directory_.read("input-1.spool") == text);
  EXPECT_FALSE(std::filesystem::exists(Spool::partial(file_)));
  struct stat status {};
  ASSERT_EQ(::stat(file_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(SpoolTest, LeavesWhatHasComeUnderThePartialNameWhenItIsStopped) {
  send("first");
  std::string buffer(100, '\0');
  ASSERT_TRUE(spool_->read_at(0, buffer));
  spool_.reset();
  EXPECT_EQ(directory_.read("input-1.spool.partial"), "first");
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(SpoolTest, WakesWhoWaitsWhenItIsStopped) {
  std::string failure;
  std::thread reader([&] {
    SpoolSource source(*spool_);
    failure = read_content(source).failure;
  });
  spool_->stop();
  reader.join();
  EXPECT_EQ(failure, "reading was stopped");
}

TEST_F(SpoolTest, TellsWhetherAllIsKept) {
  EXPECT_FALSE(spool_->wait_until_complete(0ms));
  send("all");
  close_pipe();
  EXPECT_TRUE(spool_->wait_until_complete(1min));
}

TEST_F(SpoolTest, WritesOverNothingThatIsThere) {
  const auto second = Spool::start(InputFile(::dup(ends_[0]), "standard input"), file_, {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().message,
            "Cannot keep the input in " + Spool::partial(file_).string() + ": File exists.");
}

/// A pipe whose rows are kept on a disk that takes its time, or fails.
class DurableSpoolTest : public SpoolTest {
 protected:
  std::string read_at(std::uint64_t offset) {
    std::string buffer(100, '\0');
    const auto got = spool_->read_at(offset, buffer);
    return got ? buffer.substr(0, *got) : got.error().message;
  }
  /// In the place of the spool that stands.
  void start(InputFile pipe, Durability durability) {
    spool_ = started(std::move(pipe), directory_.path() / "input-2.spool", durability);
  }

  WatchedDisk disk_;
  std::array<int, 2> sockets_{};
};

TEST_F(DurableSpoolTest, GivesOutNothingThatAPowerCutWouldTake) {
  disk_.hold_back();
  send("first");
  ASSERT_TRUE(disk_.has_waiter());
  spool_->stop();
  EXPECT_EQ(read_at(0), "reading was stopped");
}

TEST_F(DurableSpoolTest, FlushesWheneverThePipeHasNothingMore) {
  send("first");
  EXPECT_EQ(read_at(0), "first");
  send("second");
  EXPECT_EQ(read_at(5), "second");
  EXPECT_THAT(disk_.flushed(), ElementsAre(5, 11));
}

TEST_F(DurableSpoolTest, FlushesEachMebibyteOfWhatComesWithoutAPause) {
  constexpr std::size_t kMebibyte = 1024 * 1024;
  const std::string text(2 * kMebibyte + 1, 'p');
  start(InputFile::open(directory_.write("coming", text)).value(), Durability::commit);
  SpoolSource source(*spool_);
  EXPECT_TRUE(read_content(source).text == text);
  EXPECT_THAT(disk_.flushed(), ElementsAre(kMebibyte, 2 * kMebibyte, text.size()));
}

TEST_F(DurableSpoolTest, GivesOutAtOnceWhereThatIsEnough) {
  disk_.hold_back();
  start(InputFile(::dup(ends_[0]), "standard input"), Durability::relaxed);
  send("first");
  EXPECT_EQ(read_at(0), "first");
  EXPECT_THAT(disk_.flushed(), IsEmpty());
}

TEST_F(DurableSpoolTest, KeepsNothingOfWhatCouldNotBeFlushed) {
  send("first");
  EXPECT_EQ(read_at(0), "first");
  disk_.fail(EIO);
  send("second");
  EXPECT_THAT(read_at(5), AllOf(HasSubstr("cannot keep it in"), HasSubstr("Input/output error")));
  EXPECT_EQ(read_at(0), "first");
  EXPECT_EQ(directory_.read("input-1.spool.partial"), "first");
}

TEST_F(DurableSpoolTest, GivesOutWhatCameBeforeThePipeFailed) {
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, sockets_.data()), 0);
  ASSERT_EQ(::write(sockets_[0], "unread", 6), 6);
  ASSERT_EQ(::write(sockets_[1], "first", 5), 5);
  ::close(sockets_[1]);
  start(InputFile(sockets_[0], "standard input"), Durability::commit);
  EXPECT_EQ(read_at(0), "first");
  EXPECT_EQ(read_at(5), "cannot read standard input: Connection reset by peer");
}

/// A signal may have ended who writes into the pipe as well.
class InterruptedSpoolTest : public testing::Test {
 protected:
  /// A pipe that brings "all", and its end where `ends`.
  void start_pipe(bool ends, std::chrono::milliseconds doubted) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    ASSERT_EQ(::write(pipe[1], "all", 3), 3);
    if (ends) {
      ::close(pipe[1]);
    } else {
      writer_ = pipe[1];
    }
    start(InputFile(pipe[0], "standard input"), doubted);
  }
  void start(InputFile pipe, std::chrono::milliseconds doubted) {
    Spool::Options options;
    options.interrupted = signal_.get_token();
    options.given_up = deadline_.get_token();
    options.doubted = doubted;
    auto spool = Spool::start(std::move(pipe), file_, options);
    ASSERT_TRUE(spool);
    spool_ = std::move(*spool);
  }
  ~InterruptedSpoolTest() override {
    if (writer_ >= 0) ::close(writer_);
  }
  std::string read_at(std::uint64_t offset) {
    std::string buffer(100, '\0');
    const auto got = spool_->read_at(offset, buffer);
    return got ? buffer.substr(0, *got) : got.error().message;
  }

  TempDirectory directory_;
  const std::filesystem::path file_ = directory_.path() / "input-1.spool";
  int writer_ = -1;
  std::stop_source signal_;
  std::stop_source deadline_;
  std::unique_ptr<Spool> spool_;
};

TEST_F(InterruptedSpoolTest, WaitsForAQuietPipeNoLonger) {
  start_pipe(false, 0ms);
  EXPECT_EQ(read_at(0), "all");
  signal_.request_stop();
  EXPECT_EQ(read_at(3), "reading was stopped");
  EXPECT_FALSE(spool_->wait_until_complete(0ms));
}

TEST_F(InterruptedSpoolTest, NorWhenTheTimeForItIsOver) {
  start_pipe(false, 0ms);
  EXPECT_EQ(read_at(0), "all");
  deadline_.request_stop();
  EXPECT_EQ(read_at(3), "reading was stopped");
}

TEST_F(InterruptedSpoolTest, ThatTheTimeIsOverIsNoReasonToDoubtAnEnd) {
  start_pipe(true, 1h);
  EXPECT_TRUE(spool_->wait_until_complete(60s));
  deadline_.request_stop();
  EXPECT_TRUE(spool_->wait_until_complete(0ms));
  EXPECT_TRUE(std::filesystem::exists(file_));
}

TEST_F(InterruptedSpoolTest, TakesBackAnEndThatHasJustCome) {
  start_pipe(true, 1h);
  ASSERT_TRUE(spool_->wait_until_complete(1min));
  signal_.request_stop();
  EXPECT_FALSE(spool_->wait_until_complete(0ms));
  EXPECT_EQ(spool_->size(), std::nullopt);
  EXPECT_EQ(read_at(0), "all");
  EXPECT_EQ(read_at(3), "reading was stopped");
  EXPECT_EQ(directory_.read("input-1.spool.partial"), "all");
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(InterruptedSpoolTest, BelievesAnEndThatCameLongBefore) {
  start_pipe(true, 0ms);
  ASSERT_TRUE(spool_->wait_until_complete(1min));
  signal_.request_stop();
  EXPECT_TRUE(spool_->wait_until_complete(0ms));
  EXPECT_EQ(directory_.read("input-1.spool"), "all");
}

TEST_F(InterruptedSpoolTest, DoubtsNoEndOnceItWasStopped) {
  start_pipe(true, 1h);
  ASSERT_TRUE(spool_->wait_until_complete(1min));
  spool_->stop();
  signal_.request_stop();
  EXPECT_EQ(directory_.read("input-1.spool"), "all");
}

TEST_F(InterruptedSpoolTest, KeepsAllOfARegularFileWhichNobodyWritesInto) {
  signal_.request_stop();
  start(InputFile::open(directory_.write("given", "all")).value(), 1h);
  EXPECT_TRUE(spool_->wait_until_complete(1min));
  EXPECT_EQ(directory_.read("input-1.spool"), "all");
}

/// Goes on with a file that holds "first|" so far.
class GoneOnSpoolTest : public testing::Test {
 protected:
  explicit GoneOnSpoolTest(const std::string& kept = "input-1.spool.partial") : kept_(kept) {}

  tl::expected<std::unique_ptr<Spool>, InputError> go_on_with(const std::string& coming) {
    directory_.write(kept_, "first|");
    return Spool::go_on(InputFile(take(directory_.write("coming", coming)), "standard input"),
                        file_, options_);
  }
  static int take(const std::string& path) { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC); }
  ReadContent go_on(const std::string& coming) {
    const auto spool = go_on_with(coming);
    if (!spool) return {"", spool.error().message};
    SpoolSource source(**spool);
    return read_content(source, 4);
  }
  void expect_refused(const std::string& coming, const std::string& error) {
    const auto spool = go_on_with(coming);
    ASSERT_FALSE(spool);
    EXPECT_EQ(spool.error().message, error);
    EXPECT_EQ(directory_.read(kept_), "first|");
  }

  const std::string kept_;
  Spool::Options options_;
  TempDirectory directory_;
  const std::filesystem::path file_ = directory_.path() / "input-1.spool";
};

TEST_F(GoneOnSpoolTest, KeepsWhatComesBehindWhatItHas) {
  const ReadContent content = go_on("first|second");
  EXPECT_EQ(content.text, "first|second");
  EXPECT_EQ(content.failure, "");
  EXPECT_EQ(directory_.read("input-1.spool"), "first|second");
}

TEST_F(GoneOnSpoolTest, MayHaveHadAllOfItButForItsEnd) {
  EXPECT_EQ(go_on("first|").text, "first|");
  EXPECT_EQ(directory_.read("input-1.spool"), "first|");
}

TEST_F(GoneOnSpoolTest, ChangesNothingWhereItIsOnlyToCompare) {
  options_.only_compares = true;
  for (const std::string coming : {"first|second", "first|"}) {
    EXPECT_EQ(go_on(coming).text, "first|");
    EXPECT_EQ(directory_.read(kept_), "first|");
    EXPECT_FALSE(std::filesystem::exists(file_));
  }
  EXPECT_THAT(go_on("fired|second").failure, HasSubstr("is not the data"));
}

TEST_F(GoneOnSpoolTest, RefusesWhatIsNotTheSame) {
  expect_refused("fired|second",
                 "standard input is not the data that the run that stands there has kept 6 bytes "
                 "of; give the same again, or choose another --run-dir.");
}

TEST_F(GoneOnSpoolTest, RefusesLessThanItHas) {
  for (const std::string coming : {"", "fir"}) {
    expect_refused(coming, "standard input ends after " + std::to_string(coming.size()) +
                               " bytes, and the run that stands there has kept 6 of it; give all "
                               "of it again, or let payferry resume " +
                               directory_.path().string() + " go on without it.");
  }
}

TEST_F(GoneOnSpoolTest, GivesOutNothingBeforeItHasComeAgain) {
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe(pipe.data()), 0);
  directory_.write(kept_, "first|");
  std::stop_source signal;
  Spool::Options options;
  options.interrupted = signal.get_token();
  std::optional<InputError> error;
  std::thread waiting([&] {
    auto spool = Spool::go_on(InputFile(pipe[0], "standard input"), file_, options);
    if (!spool) error = spool.error();
  });
  EXPECT_EQ(::write(pipe[1], "firs", 4), 4);
  signal.request_stop();
  waiting.join();
  ::close(pipe[1]);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->message, "reading was stopped.");
}

// The process that kept it may have died before it had flushed it.
TEST_F(GoneOnSpoolTest, FlushesWhatItHasBeforeItGivesItOut) {
  WatchedDisk disk;
  go_on("first|second");
  EXPECT_THAT(disk.flushed(), ElementsAre(6, 12));
  std::filesystem::remove(file_);
  disk.fail(EIO);
  expect_refused("first|second", "Cannot keep the input in " + Spool::partial(file_).string() +
                                     ": Input/output error.");
}

TEST_F(GoneOnSpoolTest, CutsOffNothingOfWhatItHadWhereTheRestCannotBeFlushed) {
  WatchedDisk disk;
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe(pipe.data()), 0);
  directory_.write(kept_, "first|");
  std::string rest;
  std::thread reader([&] {
    const auto spool = Spool::go_on(InputFile(pipe[0], "standard input"), file_, {});
    std::string buffer(100, '\0');
    const auto got = spool ? (*spool)->read_at(6, buffer) : 0;
    rest = got ? "" : got.error().message;
  });
  while (disk.flushed().empty()) std::this_thread::yield();
  disk.fail(EIO);
  EXPECT_EQ(::write(pipe[1], "first|second", 12), 12);
  reader.join();
  ::close(pipe[1]);
  EXPECT_THAT(rest, HasSubstr("Input/output error"));
  EXPECT_EQ(directory_.read(kept_), "first|");
}

/// All of it, as an earlier process has seen the pipe's end.
class WholeSpoolTest : public GoneOnSpoolTest {
 protected:
  WholeSpoolTest() : GoneOnSpoolTest("input-1.spool") {}
};

TEST_F(WholeSpoolTest, GivesOutTheSameOnceItHasCome) {
  const ReadContent content = go_on("first|");
  EXPECT_EQ(content.text, "first|");
  EXPECT_EQ(content.failure, "");
  EXPECT_TRUE(std::filesystem::exists(file_));
}

TEST_F(WholeSpoolTest, RefusesAllElse) {
  expect_refused("first|second",
                 "standard input goes on behind the 6 bytes that were all of it when the run "
                 "began; choose another --run-dir.");
  expect_refused("first!",
                 "standard input is not the data that the run that stands there has kept 6 bytes "
                 "of; give the same again, or choose another --run-dir.");
  expect_refused("first",
                 "standard input ends after 5 bytes, and the run that stands there has kept 6 of "
                 "it; give all of it again, or let payferry resume " +
                     directory_.path().string() + " go on without it.");
}

TEST(Spool, SaysWhereItCannotKeepTheInput) {
  const auto spool =
      Spool::start(InputFile(::dup(STDIN_FILENO), "standard input"), "/nowhere/input-1.spool", {});
  ASSERT_FALSE(spool);
  EXPECT_EQ(spool.error().message,
            "Cannot keep the input in /nowhere/input-1.spool.partial: No such file or directory.");
}

}  // namespace
}  // namespace payferry
