#include "loader/source/spool.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

#include "read_content.hpp"
#include "temp_directory.hpp"

namespace payferry {
namespace {

using namespace std::chrono_literals;

class SpoolTest : public testing::Test {
 protected:
  SpoolTest() {
    EXPECT_EQ(::pipe(ends_.data()), 0);
    auto started = Spool::start(InputFile(ends_[0], "standard input"), file_);
    EXPECT_TRUE(started);
    spool_ = std::move(*started);
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
  const auto second = Spool::start(InputFile(::dup(ends_[0]), "standard input"), file_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().message,
            "Cannot keep the input in " + Spool::partial(file_).string() + ": File exists.");
}

/// Goes on with a file that holds "first|" so far.
class GoneOnSpoolTest : public testing::Test {
 protected:
  ReadContent go_on(const std::string& coming) {
    directory_.write("input-1.spool.partial", "first|");
    auto spool = Spool::go_on(InputFile::open(directory_.write("coming", coming)).value(), file_);
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

TEST(Spool, SaysWhereItCannotKeepTheInput) {
  const auto spool =
      Spool::start(InputFile(::dup(STDIN_FILENO), "standard input"), "/nowhere/input-1.spool");
  ASSERT_FALSE(spool);
  EXPECT_EQ(spool.error().message,
            "Cannot keep the input in /nowhere/input-1.spool.partial: No such file or directory.");
}

}  // namespace
}  // namespace payferry
