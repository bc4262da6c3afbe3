#include "loader/source/input_set.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stop_token>
#include <thread>

#include "compress.hpp"
#include "read_all.hpp"
#include "temp_directory.hpp"
#include "watched_disk.hpp"

namespace payferry {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using Cells = std::vector<std::string>;

class InputSetTest : public testing::Test {
 protected:
  tl::expected<std::unique_ptr<InputSet>, InputError> open(
      const std::vector<std::string>& names, const std::filesystem::path& spool = {}) {
    InputRequest request;
    for (const std::string& name : names) request.paths.push_back(directory_.file(name));
    request.wanted = {"id", "amount"};
    request.spool_directory = spool;
    request.pipes_come_again = pipes_come_again_;
    request.only_compares = only_compares_;
    request.durability = durability_;
    request.interrupted = signal_.get_token();
    return open_inputs(settings_, request);
  }
  std::unique_ptr<InputSet> opened(const std::vector<std::string>& names,
                                   const std::filesystem::path& spool = {}) {
    auto inputs = open(names, spool);
    EXPECT_TRUE(inputs) << inputs.error().message;
    return std::move(*inputs);
  }
  std::string error_of(const std::vector<std::string>& names) {
    const auto inputs = open(names);
    return inputs ? "" : inputs.error().message;
  }
  void write(const std::string& name, const std::string& content) {
    directory_.write(name, content);
  }
  std::string path(const std::string& name) { return directory_.file(name); }

  TempDirectory directory_;
  InputSettings settings_;
  bool pipes_come_again_ = false;
  bool only_compares_ = false;
  Durability durability_ = Durability::commit;
  std::stop_source signal_;
};

// The stop that it asks for comes later, and what was not read must not look like the end.
TEST_F(InputSetTest, ASignalAloneIsNotTheEndOfAFile) {
  write("a.csv", "id,amount\n1,10\n2,20\n");
  const auto inputs = opened({"a.csv"});
  Record record;
  ASSERT_TRUE(inputs->next(record));
  signal_.request_stop();
  EXPECT_TRUE(inputs->next(record));
  EXPECT_FALSE(inputs->next(record));
}

TEST_F(InputSetTest, WhatIsBrokenIsSaidEvenAtASignal) {
  write("a.csv", "id,amount\n1,10\n2,\"20\n");
  const auto inputs = opened({"a.csv"});
  Record record;
  ASSERT_TRUE(inputs->next(record));
  signal_.request_stop();
  while (inputs->next(record)) {
  }
  EXPECT_TRUE(inputs->broken());
}

TEST_F(InputSetTest, NumbersRecordsThroughAllFiles) {
  write("a.csv", "id,amount\n1,10\n2,20\n");
  write("b.csv", "id,amount\n3,30\n");
  write("c.csv", "id,amount\n");
  write("d.csv", "id,amount\n\n4,40\n");
  const auto inputs = opened({"a.csv", "b.csv", "c.csv", "d.csv"});
  std::vector<std::uint64_t> numbers, files, lines;
  Record record;
  while (inputs->next(record)) {
    numbers.push_back(record.number.value());
    files.push_back(record.position.input.value());
    lines.push_back(record.position.line.value());
    EXPECT_EQ(record.cells[0], std::to_string(record.number.value()));
  }
  EXPECT_THAT(numbers, ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(files, ElementsAre(0, 0, 1, 3));
  EXPECT_THAT(lines, ElementsAre(2, 3, 2, 3));
  EXPECT_FALSE(inputs->broken());
}

TEST_F(InputSetTest, BringsTheColumnsOfLaterFilesIntoTheFirstOnesOrder) {
  write("a.csv", "id,amount,note\n1,10,x\n");
  write("rejects.csv", "note,id,amount,payferry_error\ny,2,20,\"HubSpot said: no\"\nragged\n");
  const auto inputs = opened({"a.csv", "rejects.csv"});
  EXPECT_THAT(inputs->columns(), ElementsAre("id", "amount", "note"));
  const auto records = read_all(*inputs);
  ASSERT_EQ(records.size(), 3U);
  EXPECT_THAT(records[1].cells, ElementsAre("2", "20", "y"));
  EXPECT_EQ(records[1].raw, "2,20,y");
  EXPECT_EQ(records[2].code, "RAGGED_ROW");
  EXPECT_THAT(records[2].message,
              HasSubstr("; its cells stand in the order of " + path("rejects.csv")));
}

TEST_F(InputSetTest, RefusesAFileOfOtherColumns) {
  write("a.csv", "id,amount\n");
  write("b.csv", "id,sum\n");
  EXPECT_EQ(error_of({"a.csv", "b.csv"}),
            path("b.csv") + " does not have the columns of " + path("a.csv") +
                ": \"amount\" missing, \"sum\" added; load files of different columns in "
                "runs of their own.");
}

TEST_F(InputSetTest, RefusesAMixtureOfFormats) {
  write("a.csv", "id,amount\n");
  write("b.ndjson", "{}\n");
  EXPECT_EQ(error_of({"a.csv", "b.ndjson"}),
            path("b.ndjson") + " and " + path("a.csv") +
                " are of different formats; load CSV and NDJSON in runs of their own.");
}

TEST_F(InputSetTest, RefusesWhatIsNotThereBeforeAnythingIsRead) {
  write("a.csv", "id,amount\n1,10\n");
  EXPECT_THAT(error_of({"a.csv", "none.csv"}), HasSubstr("none.csv: No such file or directory;"));
  write("empty.csv", "");
  EXPECT_THAT(error_of({"empty.csv"}), HasSubstr("empty.csv is empty"));
  EXPECT_THAT(error_of({"."}), HasSubstr("is a directory"));
}

TEST_F(InputSetTest, ReadsNdjsonByThePathsWanted) {
  write("a.jsonl", "{\"amount\":1.10,\"id\":\"x\"}\n");
  const auto inputs = opened({"a.jsonl"});
  EXPECT_EQ(inputs->format(), InputFormat::ndjson);
  EXPECT_THAT(inputs->columns(), ElementsAre("id", "amount"));
  EXPECT_THAT(cells_of(read_all(*inputs)), ElementsAre(Cells{"x", "1.10"}));
}

TEST_F(InputSetTest, ReadsCompressedFiles) {
  write("a.csv.gz", gzip("id,amount\n1,10\n"));
  write("b.csv.zst", zstd("id,amount\n2,20\n"));
  const auto inputs = opened({"a.csv.gz", "b.csv.zst"});
  EXPECT_THAT(cells_of(read_all(*inputs)), ElementsAre(Cells{"1", "10"}, Cells{"2", "20"}));
}

std::string cut_gzip() {
  std::string text = "id,amount\n";
  for (int i = 0; i < 1000; ++i)
    text += std::to_string(i * 7919 % 1000) + "," + std::to_string(i * 104729 % 977) + "\n";
  const std::string stored = gzip(text);
  return stored.substr(0, stored.size() / 2);
}

TEST_F(InputSetTest, GoesOnBehindAFileThatIsDamaged) {
  write("a.csv.gz", cut_gzip());
  write("b.csv", "id,amount\n2,20\n");
  const auto inputs = opened({"a.csv.gz", "b.csv"});
  const auto records = read_all(*inputs);
  EXPECT_GT(records.size(), 10U);
  EXPECT_LT(records.size(), 1000U);
  EXPECT_THAT(records.back().cells, ElementsAre("2", "20"));
  EXPECT_EQ(records.back().number, records.size());
  ASSERT_TRUE(inputs->broken());
  EXPECT_THAT(inputs->broken()->message, HasSubstr("a.csv.gz breaks off in line "));
  EXPECT_THAT(inputs->broken()->message, HasSubstr("the gzip data end too early"));
  EXPECT_THAT(inputs->broken()->message, Not(HasSubstr("b.csv")));
}

TEST_F(InputSetTest, GoesOnInAndBehindAFileThatIsDamagedWithTheSameNumbers) {
  write("a.csv.gz", cut_gzip());
  write("b.csv", "id,amount\n2,20\n3,30\n");
  const auto whole = opened({"a.csv.gz", "b.csv"});
  std::vector<SourcePosition> ends;
  Record record;
  while (whole->next(record)) ends.push_back(whole->position());
  const auto records = read_all(*opened({"a.csv.gz", "b.csv"}));
  ASSERT_EQ(records.size(), ends.size());
  for (const std::size_t read : {ends.size() - 4, ends.size() - 2, ends.size() - 1}) {
    const auto again = opened({"a.csv.gz", "b.csv"});
    again->resume_at(ends[read - 1], RecordNumber(read + 1));
    EXPECT_EQ(read_all(*again),
              std::vector(records.begin() + static_cast<std::ptrdiff_t>(read), records.end()));
  }
}

TEST_F(InputSetTest, TellsEveryInputThatBreaks) {
  write("quote.csv", "id,amount\n1,\"10\n2,\"20\n");
  write("a.csv.gz", cut_gzip());
  write("b.csv.gz", cut_gzip());
  const auto inputs = opened({"quote.csv", "a.csv.gz", "b.csv.gz"});
  read_all(*inputs);
  std::vector<std::string> told;
  for (const SourceBreak& broken : inputs->breaks()) told.push_back(broken.message);
  EXPECT_THAT(told, ElementsAre(HasSubstr("quote.csv: a quote opens in line 2 "),
                                HasSubstr("a.csv.gz breaks off in line "),
                                HasSubstr("b.csv.gz breaks off in line ")));
}

TEST_F(InputSetTest, TellsBothAQuoteAndTheEndOfAFileThatIsCut) {
  settings_.max_record_bytes = 10;
  const std::string stored = gzip("id,amount\n1,\"10 and so on\n2,\"x\n3,30\n");
  write("a.csv.gz", stored.substr(0, stored.size() - 8));
  const auto inputs = opened({"a.csv.gz"});
  EXPECT_EQ(read_all(*inputs).size(), 2U);
  ASSERT_EQ(inputs->breaks().size(), 2U);
  EXPECT_TRUE(inputs->breaks()[0].is_row);
  EXPECT_THAT(inputs->breaks()[1].message, HasSubstr("the gzip data end too early"));
}

TEST_F(InputSetTest, SaysWhatIsNotReadBehindAFileThatMayBeWholeAnotherTime) {
  for (const std::string name : {"a.csv", "b.csv", "c.csv", "d.csv"})
    write(name, "id,amount\n1,10\n");
  const auto inputs = opened({"a.csv", "b.csv", "c.csv", "d.csv"});
  const auto two = opened({"a.csv", "b.csv", "c.csv"});
  write("b.csv", "id,amount\n1,1");
  EXPECT_EQ(read_all(*inputs).size(), 1U);
  EXPECT_THAT(inputs->broken()->message, EndsWith(path("c.csv") + " and 1 more were not read"));
  std::filesystem::remove(path("b.csv"));
  EXPECT_EQ(read_all(*two).size(), 1U);
  EXPECT_THAT(two->broken()->message, EndsWith("; " + path("c.csv") + " was not read"));
}

TEST_F(InputSetTest, GoesOnWithTheNextFileAfterAnUnclosedQuote) {
  write("a.csv", "id,amount\n1,\"10\n");
  write("b.csv", "id,amount\n2,20\n");
  const auto inputs = opened({"a.csv", "b.csv"});
  const auto records = read_all(*inputs);
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].code, "UNCLOSED_QUOTE");
  EXPECT_EQ(inputs->broken()->position.line, LineNumber(2));
  EXPECT_EQ(inputs->broken()->position.input, InputIndex(0));
}

TEST_F(InputSetTest, ABrokenRowIsToldBeforeWhatFollowsIsRead) {
  write("a.csv", "id,amount\n1,10\n2,\"20\n3,30\n");
  const auto inputs = opened({"a.csv"});
  Record record;
  ASSERT_TRUE(inputs->next(record));
  EXPECT_FALSE(inputs->broken());
  ASSERT_TRUE(inputs->next(record));
  ASSERT_TRUE(inputs->broken());
  EXPECT_EQ(inputs->broken()->position.line, LineNumber(3));
}

TEST_F(InputSetTest, GoesOnAtEveryRecordOfEveryFile) {
  write("a.csv", "id,amount\n1,10\n\n2,\"2\n0\"\n");
  write("b.csv.gz", gzip("amount,id\r\n30,3\r\n40,4\r\n"));
  write("c.csv", "id,amount\n");
  write("d.csv", "id,amount\n5,50");
  const std::vector<std::string> names = {"a.csv", "b.csv.gz", "c.csv", "d.csv"};
  const auto whole = opened(names);
  std::vector<SourcePosition> starts, ends;
  std::vector<ReadRecord> records;
  Record record;
  while (whole->next(record)) {
    starts.push_back(record.position);
    ends.push_back(whole->position());
    records.push_back(owned(record));
  }
  ASSERT_EQ(records.size(), 5U);
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto from_record = opened(names);
    from_record->resume_at(starts[i], RecordNumber(i + 1));
    EXPECT_EQ(read_all(*from_record),
              std::vector(records.begin() + static_cast<std::ptrdiff_t>(i), records.end()));
    const auto from_behind = opened(names);
    from_behind->resume_at(ends[i], RecordNumber(i + 2));
    EXPECT_EQ(read_all(*from_behind),
              std::vector(records.begin() + static_cast<std::ptrdiff_t>(i + 1), records.end()));
  }
}

TEST_F(InputSetTest, GoesOnFromTheBeginningToo) {
  write("a.csv", "id,amount\n1,10\n");
  const auto fresh = opened({"a.csv"});
  const SourcePosition beginning = fresh->position();
  const auto expected = read_all(*fresh);
  for (const SourcePosition& position :
       {beginning, SourcePosition{InputIndex(0), LineNumber(1), ByteOffset(0)}}) {
    const auto again = opened({"a.csv"});
    again->resume_at(position, RecordNumber(1));
    EXPECT_EQ(read_all(*again), expected);
  }
}

TEST_F(InputSetTest, HasAPositionAtTheEnd) {
  write("a.csv", "id,amount\n1,10\n");
  const auto inputs = opened({"a.csv"});
  read_all(*inputs);
  EXPECT_EQ(inputs->position(), (SourcePosition{InputIndex(0), LineNumber(3), ByteOffset(15)}));
  const auto again = opened({"a.csv"});
  again->resume_at(inputs->position(), RecordNumber(2));
  EXPECT_THAT(read_all(*again), IsEmpty());
  EXPECT_FALSE(again->broken());
}

TEST_F(InputSetTest, SaysThatAFileIsTooShortToGoOnIn) {
  write("a.csv", "id,amount\n1,10\n");
  const auto inputs = opened({"a.csv"});
  inputs->resume_at({InputIndex(0), LineNumber(9), ByteOffset(99)}, RecordNumber(8));
  EXPECT_THAT(read_all(*inputs), IsEmpty());
  ASSERT_TRUE(inputs->broken());
  EXPECT_THAT(inputs->broken()->message, HasSubstr("a.csv breaks off in line 9: the file"));
}

TEST_F(InputSetTest, TellsProgressInStoredBytes) {
  write("a.csv", "id,amount\n1,10\n");
  write("b.csv.gz", gzip("id,amount\n2,20\n"));
  const std::uint64_t total =
      std::filesystem::file_size(path("a.csv")) + std::filesystem::file_size(path("b.csv.gz"));
  const auto inputs = opened({"a.csv", "b.csv.gz"});
  EXPECT_EQ(inputs->progress().bytes_total, total);
  EXPECT_LT(inputs->progress().bytes_read, total);
  read_all(*inputs);
  EXPECT_EQ(inputs->progress().bytes_read, total);
  const auto again = opened({"a.csv", "b.csv.gz"});
  again->resume_at({InputIndex(1), LineNumber(2), ByteOffset(10)}, RecordNumber(2));
  read_all(*again);
  EXPECT_EQ(again->progress().bytes_read, total) << "an earlier process read the first";
}

TEST_F(InputSetTest, DescribesItsInputs) {
  write("a.csv", "\xEF\xBB\xBFid,amount\r\n1,10\n");
  const auto inputs = opened({"a.csv"});
  EXPECT_EQ(inputs->raw_header(), "\xEF\xBB\xBFid,amount") << "a spreadsheet looks for the mark";
  EXPECT_EQ(inputs->format(), InputFormat::csv);
  ASSERT_EQ(inputs->inputs().size(), 1U);
  EXPECT_EQ(inputs->inputs()[0].path, path("a.csv"));
  EXPECT_FALSE(inputs->inputs()[0].spooled);
  EXPECT_EQ(inputs->inputs()[0].fingerprint, fingerprint_of(path("a.csv")).value());
}

TEST_F(InputSetTest, ReadsALaterFileUpToTheSizeItHadAtFirst) {
  write("a.csv", "id,amount\n1,10\n");
  write("b.csv", "id,amount\n2,20\n");
  const auto inputs = opened({"a.csv", "b.csv"});
  std::ofstream(path("b.csv"), std::ios::app) << "3,30\n";
  EXPECT_EQ(read_all(*inputs).size(), 2U);
  EXPECT_FALSE(inputs->broken());
}

TEST_F(InputSetTest, SaysThatALaterFileIsNotWhatItWasAtFirst) {
  write("a.csv", "id,amount\n1,10\n");
  write("b.csv", "id,amount\n2,20\n");
  const auto gone = opened({"a.csv", "b.csv"});
  const auto other = opened({"a.csv", "b.csv"});
  const auto shorter = opened({"a.csv", "b.csv"});
  write("b.csv", "id,amount\n2");
  EXPECT_EQ(read_all(*shorter).size(), 1U);
  EXPECT_THAT(shorter->broken()->message, HasSubstr("the file shrank while it was read"));
  write("b.csv", "id\n2\n3\n4\n5\n6\n7\n8\n");
  EXPECT_EQ(read_all(*other).size(), 1U);
  EXPECT_THAT(other->broken()->message, HasSubstr("does not have the columns of"));
  std::filesystem::remove(path("b.csv"));
  EXPECT_EQ(read_all(*gone).size(), 1U);
  EXPECT_THAT(gone->broken()->message, HasSubstr("b.csv: No such file or directory;"));
}

class PipeInputTest : public InputSetTest {
 protected:
  PipeInputTest() { std::filesystem::create_directory(run_); }

  void make_fifo(const std::string& name, const std::string& content) {
    ASSERT_EQ(::mkfifo(path(name).c_str(), 0600), 0);
    writers_.emplace_back([file = path(name), content] { std::ofstream(file) << content; });
  }
  ~PipeInputTest() override {
    for (std::thread& writer : writers_) writer.join();
  }

  const std::filesystem::path run_ = directory_.path() / "run";
  std::vector<std::thread> writers_;
};

TEST_F(PipeInputTest, ReadsAPipeAndKeepsItForLater) {
  make_fifo("pipe", "id,amount\n1,10\n2,20\n");
  const auto inputs = opened({"pipe"}, run_);
  EXPECT_TRUE(inputs->inputs()[0].spooled);
  EXPECT_FALSE(inputs->inputs()[0].fingerprint);
  EXPECT_EQ(read_all(*inputs).size(), 2U);
  EXPECT_FALSE(inputs->broken());
  EXPECT_EQ(inputs->progress().bytes_total, 20U);

  std::filesystem::remove(path("pipe"));
  const auto again = opened({"pipe"}, run_);
  again->resume_at({InputIndex(0), LineNumber(3), ByteOffset(15)}, RecordNumber(2));
  const auto records = read_all(*again);
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].number, 2U);
  EXPECT_THAT(records[0].cells, ElementsAre("2", "20"));
  EXPECT_FALSE(again->broken());
}

TEST_F(PipeInputTest, SaysThatAPipeWasNotKeptToItsEnd) {
  directory_.write("run/input-1.spool.partial", "id,amount\n1,10\n2,2");
  const auto inputs = opened({"pipe"}, run_);
  EXPECT_EQ(read_all(*inputs).size(), 1U);
  ASSERT_TRUE(inputs->broken());
  EXPECT_THAT(inputs->broken()->message,
              HasSubstr("breaks off in line 3: the run was ended before all of it had come"));
}

TEST_F(PipeInputTest, FlushesWhatWasKeptBeforeItIsRead) {
  directory_.write("run/input-1.spool.partial", "id,amount\n1,10\n2,2");
  WatchedDisk disk;
  opened({"pipe"}, run_);
  EXPECT_THAT(disk.flushed(), ElementsAre(18));
  disk.fail(EIO);
  const auto inputs = open({"pipe"}, run_);
  ASSERT_FALSE(inputs);
  EXPECT_THAT(inputs.error().message, HasSubstr("input-1.spool.partial: Input/output error"));
  durability_ = Durability::relaxed;
  EXPECT_TRUE(open({"pipe"}, run_));
}

TEST_F(PipeInputTest, GoesOnWithAPipeThatComesAgain) {
  directory_.write("run/input-1.spool.partial", "id,amount\n1,10\n2,2");
  make_fifo("pipe", "id,amount\n1,10\n2,20\n3,30\n");
  pipes_come_again_ = true;
  const auto inputs = opened({"pipe"}, run_);
  inputs->resume_at({InputIndex(0), LineNumber(3), ByteOffset(15)}, RecordNumber(2));
  EXPECT_THAT(cells_of(read_all(*inputs)), ElementsAre(Cells{"2", "20"}, Cells{"3", "30"}));
  EXPECT_FALSE(inputs->broken());
  EXPECT_TRUE(std::filesystem::exists(run_ / "input-1.spool"));
}

TEST_F(PipeInputTest, OpensWhatItHasKeptAndNothingElseWhereItIsOnlyToCompare) {
  directory_.write("run/input-2.spool", "id,amount\n1,10\n");
  make_fifo("pipe", "id,amount\n1,10\n");
  pipes_come_again_ = true;
  only_compares_ = true;
  const auto inputs = opened({"gone", "pipe"}, run_);
  ASSERT_EQ(inputs->inputs().size(), 1U);
  EXPECT_EQ(inputs->inputs()[0].path, path("pipe"));
  EXPECT_EQ(directory_.read("run/input-2.spool"), "id,amount\n1,10\n");
  EXPECT_FALSE(std::filesystem::exists(run_ / "input-1.spool.partial"));
}

TEST_F(PipeInputTest, ReadsAPipeWithoutKeepingItWhereThereIsNoRun) {
  make_fifo("pipe.csv", "id,amount\n1,10\n");
  const auto inputs = opened({"pipe.csv"});
  EXPECT_EQ(read_all(*inputs).size(), 1U);
  EXPECT_FALSE(inputs->progress().bytes_total);
}

TEST_F(PipeInputTest, ReadsSeveralPipesInTurn) {
  make_fifo("a", gzip("id,amount\n1,10\n"));
  make_fifo("b", "id,amount\n2,20\n");
  const auto inputs = opened({"a", "b"}, run_);
  const auto records = read_all(*inputs);
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[1].number, 2U);
}

TEST_F(PipeInputTest, ReadsNothingBehindAPipeThatIsCutAndSaysSo) {
  make_fifo("pipe", cut_gzip());
  write("b.csv", "id,amount\nbehind,20\n");
  const auto inputs = opened({"pipe", "b.csv"}, run_);
  EXPECT_THAT(cells_of(read_all(*inputs)), Not(Contains(Cells{"behind", "20"})));
  ASSERT_EQ(inputs->breaks().size(), 1U);
  EXPECT_THAT(inputs->broken()->message, HasSubstr("the gzip data end too early"));
  EXPECT_THAT(inputs->broken()->message, EndsWith("; " + path("b.csv") + " was not read"));
}

TEST_F(PipeInputTest, WaitsForAWriterNoLongerAtASignal) {
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  signal_.request_stop();
  const auto inputs = open({"pipe"}, run_);
  ASSERT_FALSE(inputs);
  EXPECT_THAT(inputs.error().message, HasSubstr("reading was stopped"));
}

TEST_F(PipeInputTest, DoubtsAnEndAtASignalThoughARowBeforeItIsBroken) {
  settings_.max_record_bytes = 10;
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  const int writer = ::open(path("pipe").c_str(), O_RDWR);
  const std::string rows = "id,amount\n1,\"10 and so on\n2,\"x\n3,30\n";
  ASSERT_EQ(::write(writer, rows.data(), rows.size()), static_cast<ssize_t>(rows.size()));
  const auto inputs = opened({"pipe"}, run_);
  Record record;
  ASSERT_TRUE(inputs->next(record));
  ASSERT_TRUE(inputs->next(record));
  EXPECT_EQ(record.cells[0], "3");
  signal_.request_stop();
  EXPECT_FALSE(inputs->next(record));
  EXPECT_TRUE(inputs->broken());
  EXPECT_TRUE(inputs->is_end_doubted());
  ::close(writer);
}

TEST_F(PipeInputTest, StopsWaitingForAPipeWhenItIsToldTo) {
  ASSERT_EQ(::mkfifo(path("slow").c_str(), 0600), 0);
  const int writer = ::open(path("slow").c_str(), O_RDWR);
  ASSERT_EQ(::write(writer, "id,amount\n1,10\n", 15), 15);
  const auto inputs = opened({"slow"}, run_);
  Record record;
  ASSERT_TRUE(inputs->next(record));
  bool more = true;
  std::thread reader([&] { more = inputs->next(record); });
  inputs->stop();
  reader.join();
  EXPECT_FALSE(more);
  EXPECT_FALSE(inputs->broken());
  EXPECT_FALSE(inputs->wait_until_kept(std::chrono::milliseconds(0)));
  ::close(writer);
}

}  // namespace
}  // namespace payferry
