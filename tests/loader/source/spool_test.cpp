#include "loader/source/spool.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

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
  auto spool = Spool::start(std::move(pipe), file, durability);
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
  const auto second =
      Spool::start(InputFile(::dup(ends_[0]), "standard input"), file_, Durability::commit);
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

/// Goes on with a file that holds "first|" so far.
class GoneOnSpoolTest : public testing::Test {
 protected:
  ReadContent go_on(const std::string& coming) {
    directory_.write("input-1.spool.partial", "first|");
    auto spool = Spool::go_on(InputFile::open(directory_.write("coming", coming)).value(), file_,
                              Durability::commit);
    EXPECT_TRUE(spool);
    SpoolSource source(**spool);
    return read_content(source, 4);
  }

  TempDirectory directory_;
  const std::filesystem::path file_ = directory_.path() / "input-1.spool";
};

TEST_F(GoneOnSpoolTest, KeepsWhatComesBehindWhatItHas) {
  const ReadContent content = go_on("first|second");
  EXPECT_EQ(content.text, "first|second");
  EXPECT_EQ(content.failure, "");
  EXPECT_EQ(directory_.read("input-1.spool"), "first|second");
  EXPECT_EQ(go_on("first|").text, "first|");
}

TEST_F(GoneOnSpoolTest, KeepsNothingOfWhatIsNotTheSame) {
  const ReadContent content = go_on("other|second");
  EXPECT_EQ(content.text, "first|");
  EXPECT_EQ(content.failure,
            "what comes now differs from the 6 bytes that the run has kept of it; load it in a run "
            "of its own");
  EXPECT_EQ(directory_.read("input-1.spool.partial"), "first|");
}

TEST_F(GoneOnSpoolTest, SaysThatLessComesThanItHas) {
  const ReadContent content = go_on("fir");
  EXPECT_EQ(content.text, "first|");
  EXPECT_EQ(content.failure,
            "it ends after 3 bytes now, and the run has kept 6 of it; send all of it again");
  EXPECT_EQ(directory_.read("input-1.spool.partial"), "first|");
}

// The process that kept it may have died before it had flushed it.
TEST_F(GoneOnSpoolTest, FlushesWhatItHasBeforeItGivesItOut) {
  WatchedDisk disk;
  go_on("first|second");
  EXPECT_THAT(disk.flushed(), ElementsAre(6, 12));
  disk.fail(EIO);
  directory_.write("input-1.spool.partial", "first|");
  const auto spool =
      Spool::go_on(InputFile::open(directory_.file("coming")).value(), file_, Durability::commit);
  ASSERT_FALSE(spool);
  EXPECT_EQ(spool.error().message,
            "Cannot keep the input in " + Spool::partial(file_).string() + ": Input/output error.");
}

TEST(Spool, SaysWhereItCannotKeepTheInput) {
  const auto spool = Spool::start(InputFile(::dup(STDIN_FILENO), "standard input"),
                                  "/nowhere/input-1.spool", Durability::commit);
  ASSERT_FALSE(spool);
  EXPECT_EQ(spool.error().message,
            "Cannot keep the input in /nowhere/input-1.spool.partial: No such file or directory.");
}

}  // namespace
}  // namespace payferry
