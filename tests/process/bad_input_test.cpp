#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <chrono>
#include <csignal>
#include <stdexcept>

#include "process/load_fixture.hpp"

namespace payferry::test {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

constexpr const char* kHeader = "id,amount,created,currency,status\n";

std::string row(const std::string& id) {
  return id + ",12.50,2024-01-01T10:00:00Z,GBP,succeeded\n";
}

std::string rows(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += row("id-" + std::to_string(i));
  return text;
}

/// One gzip member.
std::string gzip(std::string text) {
  constexpr int kWithGzipHeader = 16;
  z_stream stream{};
  ::deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + kWithGzipHeader, 8,
                 Z_DEFAULT_STRATEGY);
  std::string out(::deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(text.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool done = ::deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(stream.total_out);
  ::deflateEnd(&stream);
  if (!done) throw std::runtime_error("deflate");
  return out;
}

/// What a user sees of each kind of file that is not what it should be.
class BadInputTest : public LoadFixture {
 protected:
  BadInputTest() { write_config(kPaymentProperties); }

  std::vector<std::string> arguments(const std::vector<std::string>& names) const {
    std::vector<std::string> all{"check",     "-c",         file("payments.toml").string(),
                                 "--offline", "--progress", "none"};
    for (const std::string& name : names) all.push_back(file(name).string());
    return all;
  }
  ProcessResult check(const std::string& name = "payments.csv") {
    return payferry(arguments({name}));
  }
  void expect_refused(const std::string& content, const std::string& text) {
    write("payments.csv", content);
    const ProcessResult result = check();
    EXPECT_EQ(result.exit_code, 2) << result.err << result.out;
    EXPECT_THAT(result.err, HasSubstr("payments.csv"));
    EXPECT_THAT(result.err, HasSubstr(text));
  }
  /// Some records are refused; the message stands on the terminal and in the list.
  void expect_problem(const std::string& content, const std::string& code, const std::string& text,
                      const std::string& good) {
    write("payments.csv", content);
    const ProcessResult result = check();
    EXPECT_EQ(result.exit_code, 1) << result.err << result.out;
    EXPECT_THAT(result.out, HasSubstr(code));
    EXPECT_THAT(unwrapped(result.out), HasSubstr(" good " + good + " would be loaded"));
    EXPECT_THAT(read("payments-problems.ndjson"), HasSubstr(text));
  }
};

TEST_F(BadInputTest, AnEmptyFileIsSaidToBeEmpty) {
  expect_refused("", "is empty: it has 0 bytes of content, not even a header");
  expect_refused("\n \n", "has no header: it holds nothing but blank lines");
}

TEST_F(BadInputTest, AHeaderAloneIsNothingToDo) {
  write("payments.csv", kHeader);
  const ProcessResult result = check();
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_THAT(result.out, HasSubstr("There is nothing to load."));
}

TEST_F(BadInputTest, AColumnThatStandsTwiceIsNamedWithBothPlaces) {
  expect_refused("id,amount,created,amount,status\n",
                 "the column \"amount\" stands there twice, as the 2. and the 4. column");
}

TEST_F(BadInputTest, AMissingColumnIsNamedWithTheNearestOne) {
  write("payments.csv", "id,amuont,created,currency\nA,1,2024-01-01T10:00:00Z,GBP\n");
  const ProcessResult result = check();
  EXPECT_EQ(result.exit_code, 2) << result.err << result.out;
  EXPECT_THAT(result.err, HasSubstr("\"amount\""));
  EXPECT_THAT(result.err, HasSubstr("\"amuont\""));
  EXPECT_THAT(result.err, HasSubstr("\"status\"")) << "all of them at once";
}

TEST_F(BadInputTest, AFileWithCarriageReturnsAloneIsRead) {
  std::string text = std::string(kHeader) + row("A") + row("B");
  std::replace(text.begin(), text.end(), '\n', '\r');
  write("payments.csv", text);
  const ProcessResult result = check();
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_THAT(result.out, HasSubstr(" 2  records of the source"));
}

TEST_F(BadInputTest, ANulByteCostsItsRowOnly) {
  using namespace std::string_literals;
  expect_problem(std::string(kHeader) + row("A") + row("B\0"s) + row("C"), "NUL_BYTE",
                 "the row holds a NUL byte; remove it", "2");
}

TEST_F(BadInputTest, ANulByteInTheHeaderIsRefused) {
  using namespace std::string_literals;
  expect_refused("id\0,amount\n"s, "it holds NUL bytes; is the file UTF-16?");
}

TEST_F(BadInputTest, InvalidUtf8InTheMiddleCostsItsRowOnly) {
  expect_problem(std::string(kHeader) + rows(5000) + row("caf\xE9") + row("Z"), "INVALID_UTF8",
                 "set input.encoding to what the file is written in", "5,001");
  EXPECT_THAT(read("payments-problems.ndjson"), HasSubstr("\"line\":5002,"));
}

TEST_F(BadInputTest, AGzipThatEndsTooEarlyIsReadAsFarAsItGoes) {
  const std::string whole = gzip(std::string(kHeader) + rows(1000));
  write("payments.csv.gz", whole.substr(0, whole.size() / 2));
  const ProcessResult result = check("payments.csv.gz");
  EXPECT_EQ(result.exit_code, 1) << result.err << result.out;
  EXPECT_THAT(result.out, HasSubstr("INPUT_BREAKS_OFF"));
  EXPECT_THAT(read("payments-problems.ndjson"), HasSubstr("breaks off in line"));
  EXPECT_THAT(read("payments-problems.ndjson"), HasSubstr("whole file"));
}

TEST_F(BadInputTest, WhatStandsBehindAFileThatIsCutIsLoadedOnceByAllProcesses) {
  simulator_.hubspot.latency = 2ms;
  start_simulator();
  write_config(kPaymentProperties);
  const std::string whole = gzip(std::string(kHeader) + rows(1000));
  write("payments.csv", whole.substr(0, whole.size() / 2));
  std::string behind(kHeader);
  for (int i = 0; i < 1000; ++i) behind += row("behind-" + std::to_string(i));
  write("behind.csv", behind);
  const auto process =
      start_payferry(load_arguments({file("behind.csv").string(), "--set", "limits.batch_records=5",
                                     "--set", "limits.connections=4"}));
  wait_until(*process, [&] {
    return read("run/attempts.ndjson").find("\"input_broken\"") != std::string::npos;
  });
  process->send_signal(SIGKILL);
  process->wait(60s);
  std::string first_word;
  for (int again = 0; again < 2; ++again) {
    const ProcessResult result = payferry({"resume", file("run").string(), "--progress", "none"});
    EXPECT_EQ(result.exit_code, 1) << result.err << result.out;
    EXPECT_THAT(result.out, HasSubstr("payments.csv breaks off in line "));
    EXPECT_FALSE(summary().complete);
    if (again == 0) first_word = summary().input_broken;
    EXPECT_EQ(summary().input_broken, first_word);
    const std::uint64_t records = summary().tally.records;
    EXPECT_GT(records, 1000U);
    EXPECT_LT(records, 2000U);
    EXPECT_EQ(outcomes().size(), records);
    EXPECT_EQ(outcomes().at(records).key, "behind-999");
    EXPECT_EQ(in_hubspot(), records);
  }
}

TEST_F(BadInputTest, AGzipThatEndsInItsHeaderIsRefused) {
  const std::string whole = gzip(std::string(kHeader) + rows(1000));
  write("payments.csv", whole.substr(0, 12));
  const ProcessResult result = check();
  EXPECT_EQ(result.exit_code, 2) << result.err << result.out;
  EXPECT_THAT(result.err, HasSubstr("payments.csv"));
}

TEST_F(BadInputTest, ADirectoryIsNamedAsOne) {
  std::filesystem::create_directory(file("payments.csv"));
  const ProcessResult result = check();
  EXPECT_EQ(result.exit_code, 2) << result.err << result.out;
  EXPECT_THAT(result.err, HasSubstr("is a directory; name a file in it"));
}

/// Payferry opens its inputs in order; once it waits at the FIFO it has opened those before it.
class InputUnderWayTest : public BadInputTest {
 protected:
  InputUnderWayTest() {
    EXPECT_EQ(::mkfifo(file("fifo.csv").c_str(), 0600), 0);
    write("payments.csv", std::string(kHeader) + rows(20'000));
  }

  /// Blocks until payferry reads.
  int open_fifo() const { return ::open(file("fifo.csv").c_str(), O_WRONLY | O_CLOEXEC); }
  static void give(int fifo, const std::string& text) {
    EXPECT_EQ(::write(fifo, text.data(), text.size()), static_cast<ssize_t>(text.size()));
    ::close(fifo);
  }
  ProcessResult result_of(ChildProcess& process) const {
    auto result = process.wait(60s);
    EXPECT_TRUE(result.has_value());
    return result.value_or(ProcessResult());
  }
};

TEST_F(InputUnderWayTest, AFifoIsReadToItsEnd) {
  const auto process = start_payferry(arguments({"fifo.csv"}));
  give(open_fifo(), std::string(kHeader) + row("A") + row("B"));
  const ProcessResult result = result_of(*process);
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_THAT(result.out, HasSubstr(" 2  records of the source"));
}

TEST_F(InputUnderWayTest, AFileThatGrowsIsReadUpToTheSizeItHad) {
  const auto process = start_payferry(arguments({"payments.csv", "fifo.csv"}));
  const int fifo = open_fifo();
  write("payments.csv", std::string(kHeader) + rows(20'000) + "half a ro");
  give(fifo, kHeader);
  const ProcessResult result = result_of(*process);
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_THAT(result.out, HasSubstr("     20,000  records of the source"));
}

TEST_F(InputUnderWayTest, AFileThatShrinksIsToldWhereItEnds) {
  const auto process = start_payferry(arguments({"payments.csv", "fifo.csv"}));
  const int fifo = open_fifo();
  std::filesystem::resize_file(file("payments.csv"), 600'000);
  give(fifo, kHeader);
  const ProcessResult result = result_of(*process);
  EXPECT_EQ(result.exit_code, 1) << result.err << result.out;
  EXPECT_THAT(result.out, HasSubstr("INPUT_BREAKS_OFF"));
  EXPECT_THAT(read("payments-problems.ndjson"), HasSubstr("the file shrank while it was read"));
}

TEST_F(BadInputTest, ALineOfTenMegabytesCostsItsRowOnly) {
  expect_problem(std::string(kHeader) + row("A") + row(std::string(10'000'000, 'x')) + row("C"),
                 "RECORD_TOO_LONG", "raise it or shorten the record", "2");
}

TEST_F(BadInputTest, AHundredThousandColumnsAreTaken) {
  std::string header = "id,amount,created,currency,status";
  std::string cells = "A,12.50,2024-01-01T10:00:00Z,GBP,succeeded";
  for (int i = 0; i < 100'000; ++i) {
    header += ",c" + std::to_string(i);
    cells += ",x";
  }
  write("payments.csv", header + "\n" + cells + "\n");
  const ProcessResult result = check();
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  const ProcessResult guessed =
      payferry({"init", file("payments.csv").string(), "-o", file("wide.toml").string()});
  EXPECT_EQ(guessed.exit_code, 0) << guessed.err;
  EXPECT_LT(std::filesystem::file_size(file("wide.toml")), 10'000U);
}

}  // namespace
}  // namespace payferry::test
