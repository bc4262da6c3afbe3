#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <functional>
#include <sstream>

#include "process/load_fixture.hpp"
#include "support/scripted_peer.hpp"

namespace payferry::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr const char* kToken = "pat-na1-MARKED-0b7a-5d3c2f1e";
constexpr const char* kOtherToken = "pat-na1-REFUSED-91fe-00aa77";
const std::vector<std::string> kCards = {"4111111111111111", "5500 0000 0000 0004",
                                         "3782-822463-10005"};
// An id is what it is, and 16 digits are a common one: it is sent and logged as it stands.
constexpr int kFirstCheckedColumn = 1;

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

/// Runs everything with a marked token and marked card numbers, and searches every byte that comes
/// of it.
class SecretTest : public LoadFixture {
 protected:
  SecretTest() {
    simulator_.hubspot.access.tokens = {kToken};
    environment_["HUBSPOT_TOKEN"] = kToken;
  }

  void write_marked_payments(int records) {
    std::string text = "id,amount,created,currency,status,note\n";
    for (int i = 0; i < records; ++i) {
      const std::string& card = kCards[static_cast<std::size_t>(i / 7) % kCards.size()];
      const bool is_marked = i % 7 == 3;
      const int column = is_marked ? kFirstCheckedColumn + i / 21 % 5 : -1;
      const auto cell = [&](int at, const std::string& value) {
        return column == at ? card : value;
      };
      text += cell(0, "K" + std::to_string(i)) + "," + cell(1, "12.50") + "," +
              cell(2, "2024-01-01T10:00:00Z") + "," + cell(3, "GBP") + "," + cell(4, "succeeded") +
              "," + cell(5, "a note") + "\n";
    }
    write("payments.csv", text);
  }
  void write_marked_config() {
    write_config(std::string(kPaymentProperties) + "hs_internal_comment = { from = \"note\" }\n");
  }

  /// Also looks at what the kernel tells everybody of the process.
  ProcessResult run(const std::vector<std::string>& arguments) {
    const auto process = start_payferry(arguments);
    look_at_command_line(*process);
    return kept(process->wait(120s));
  }
  void run_and_end(const std::vector<std::string>& arguments, int signal) {
    const auto process = start_payferry(arguments);
    look_at_command_line(*process);
    const auto before = std::filesystem::exists(file("run/outcomes.ndjson"))
                            ? std::filesystem::file_size(file("run/outcomes.ndjson"))
                            : 0;
    std::error_code missing;
    while (std::filesystem::file_size(file("run/outcomes.ndjson"), missing) <= before || missing)
      ASSERT_FALSE(process->wait(2ms)) << "it ended early";
    process->send_signal(signal);
    kept(process->wait(10s));
  }
  void look_at_command_line(const ChildProcess& process) const {
    const std::string path = "/proc/" + std::to_string(process.id()) + "/cmdline";
    EXPECT_EQ(content_of(path).find(kToken), std::string::npos);
  }
  ProcessResult kept(std::optional<ProcessResult> result) {
    if (!result) throw std::runtime_error("payferry did not end in time");
    expect_clean("what it said", result->out + result->err);
    return *std::move(result);
  }

  static void expect_clean(const std::string& where, const std::string& text) {
    for (const std::string token : {kToken, kOtherToken})
      EXPECT_EQ(text.find(token), std::string::npos) << "the token is in " << where;
    for (const std::string& card : kCards)
      EXPECT_EQ(text.find(card), std::string::npos) << "card number " << card << " in " << where;
  }
  /// Every byte of every file but the input.
  void expect_all_files_clean() {
    int files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(file(""))) {
      if (!entry.is_regular_file() || entry.path().filename() == "payments.csv") continue;
      expect_clean(entry.path(), content_of(entry.path()));
      ++files;
    }
    EXPECT_GT(files, 10);
  }
};

TEST_F(SecretTest, NothingThatPayferryWritesOrSaysHoldsTheTokenOrACardNumber) {
  using simulator::Fault;
  simulator_.hubspot.faults.with(Fault::reset, 0.1)
      .with(Fault::bad_gateway, 0.1)
      .with(Fault::missing, 0.1)
      .with(Fault::throttled, 0.05)
      .with(Fault::slow, 0.4)
      .slow_by = 60ms;
  start_simulator();
  write_marked_config();
  write_marked_payments(8'000);
  const std::vector<std::string> resume{"resume", file("run").string(), "--log-level", "trace"};
  run({"check", "-c", "payments.toml", "payments.csv"});
  run({"check", "-c", "payments.toml", "payments.csv", "--offline"});
  run({"init", "payments.csv", "-o", "guess.toml"});
  run_and_end(load_arguments({"--log-level", "trace", "--metrics-file", file("m.prom").string()}),
              SIGKILL);
  run_and_end(resume, SIGABRT);
  run_and_end(resume, SIGTERM);
  environment_["HUBSPOT_TOKEN"] = kOtherToken;
  EXPECT_EQ(run(resume).exit_code, 4);
  environment_["HUBSPOT_TOKEN"] = kToken;
  ProcessResult end = run(resume);
  EXPECT_EQ(end.exit_code, 1) << end.out << end.err;
  run({"report", file("run").string()});
  run({"report", file("run").string(), "--json"});
  run({"report", file("run").string(), "--html", file("report.html").string()});
  run({"verify", file("run").string()});
  run({"undo", file("run").string(), "--yes"});
  EXPECT_THAT(content_of(file("run/rejects.csv")), HasSubstr("1111"));  // masked, not left out
  expect_all_files_clean();
}

// Whoever holds the token may repeat it to whom he got it from, in all that is logged of an answer.
TEST_F(SecretTest, ATokenThatTheServerRepeatsIsNotWrittenEither) {
  const Certificate certificate = make_certificate(CertificateWish());
  PeerTls tls;
  tls.certificate = certificate;
  for (const int status : {400, 401, 403, 500}) {
    ScriptedPeer peer(
        [status](PeerStream& stream) {
          for (std::string request; !(request = stream.read_request()).empty();) {
            const std::string body = std::string(R"({"status":"error","message":"No: )") + kToken +
                                     R"(","category":"VALIDATION_ERROR","correlationId":")" +
                                     kToken + "\"}";
            const std::string field = "X-HubSpot-Correlation-Id: " + std::string(kToken) + "\r\n";
            stream.write(http_answer(status, body, field));
          }
        },
        tls);
    write_marked_config();
    std::string config = read("payments.toml");
    const std::string nowhere = "https://localhost:1";
    config.replace(config.find(nowhere), nowhere.size(),
                   "https://127.0.0.1:" + std::to_string(peer.port()));
    write("payments.toml", config);
    write("ca.pem", certificate.certificate);
    write_marked_payments(100);
    EXPECT_GT(run(load_arguments({"--set", "retry.attempts=2", "--log-level", "trace"})).exit_code,
              1);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(file("")))
      if (entry.is_regular_file() && entry.path().filename() != "payments.csv")
        expect_clean(entry.path(), content_of(entry.path()));
  }
}

TEST_F(SecretTest, UnderAnyUmaskTheRunIsItsOwnersOnly) {
  start_simulator();
  write_marked_config();
  write_marked_payments(300);
  const mode_t before = ::umask(0);
  const ProcessResult result = run(load_arguments({"--log-level", "trace"}));
  ::umask(before);
  EXPECT_EQ(result.exit_code, 1) << result.err;
  struct stat status {};
  ASSERT_EQ(::stat(file("run").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0700U);
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(file("run"))) {
    ASSERT_EQ(::stat(entry.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777, 0600U) << entry.path();
    ++files;
  }
  EXPECT_GE(files, 5);
}

TEST_F(SecretTest, ALinkInPlaceOfTheRunDirectoryOrInItIsRefused) {
  start_simulator();
  write_marked_config();
  write_marked_payments(10);
  std::filesystem::create_directory(file("elsewhere"));
  std::filesystem::create_directory_symlink(file("elsewhere"), file("run"));
  EXPECT_EQ(load().exit_code, 2);
  EXPECT_TRUE(std::filesystem::is_empty(file("elsewhere")));
  std::filesystem::remove(file("run"));
  std::filesystem::create_directory(file("run"));
  for (const char* name : {"payferry.log", "outcomes.ndjson", "rejects.csv", "summary.json"}) {
    std::filesystem::create_symlink(file("elsewhere") / name, file("run") / name);
    const ProcessResult result = load();
    EXPECT_EQ(result.exit_code, 2) << result.out;
    EXPECT_THAT(unwrapped(result.err), HasSubstr(name));
    EXPECT_TRUE(std::filesystem::is_empty(file("elsewhere")));
    std::filesystem::remove(file("run") / name);
  }
}

}  // namespace
}  // namespace payferry::test
