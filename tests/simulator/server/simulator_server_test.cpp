#include "bench/simulator/server/simulator_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <boost/system/system_error.hpp>
#include <filesystem>
#include <fstream>
#include <future>
#include <sstream>
#include <thread>

#include "bench/simulator/server/server_identity.hpp"
#include "simulator/core/hubspot_account.hpp"
#include "simulator/server/https_client.hpp"

namespace payferry::simulator {
namespace {

using ::testing::HasSubstr;

constexpr const char* kCreate = "/crm/v3/objects/commerce_payments/batch/create";
constexpr const char* kDetails = "/account-info/v3/details";

std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

class SimulatorServerTest : public ::testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove_all(folder_); }

  SimulatorServer& start(ServerOptions options = {}) {
    server_ = std::make_unique<SimulatorServer>(options);
    server_->start();
    return *server_;
  }
  HttpsClient client() { return {server_->port(), server_->ca_certificate()}; }
  std::filesystem::path in_folder(const char* name) {
    std::filesystem::create_directories(folder_);
    return folder_ / name;
  }

  std::filesystem::path folder_ = std::filesystem::temp_directory_path() /
                                  ("payferry-sim-test-" + std::to_string(::getpid()) +
                                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
  std::unique_ptr<SimulatorServer> server_;
};

TEST_F(SimulatorServerTest, AnswersOverTlsOnAKeptConnection) {
  start();
  HttpsClient client = this->client();
  const ClientAnswer created = client.send("POST", kCreate, inputs({payment("P1")}));
  EXPECT_EQ(created.status, 201) << created.failure << created.body;
  EXPECT_EQ(created.headers.at("x-hubspot-ratelimit-max"), "190");
  EXPECT_EQ(created.headers.at("x-hubspot-ratelimit-remaining"), "189");
  EXPECT_EQ(created.headers.at("x-hubspot-ratelimit-interval-milliseconds"), "10000");
  EXPECT_EQ(created.headers.at("content-type"), "application/json;charset=utf-8");
  EXPECT_EQ(created.headers.count("x-hubspot-correlation-id"), 1U);
  EXPECT_THAT(created.headers.at("date"), ::testing::EndsWith(" GMT"));
  EXPECT_EQ(client.send("GET", kDetails).status, 200);
  server_->with_hubspot([](SimulatedHubSpot& hubspot) {
    EXPECT_EQ(hubspot.statistics().connections, 1U);
    EXPECT_EQ(hubspot.statistics().handshakes, 1U);
  });
}

TEST_F(SimulatorServerTest, ABodyOfAHundredRecordsComesWhole) {
  start();
  std::vector<std::string> all;
  for (int i = 0; i < 100; ++i) all.push_back(payment("P" + std::to_string(i)));
  const ClientAnswer answer = client().send("POST", kCreate, inputs(all));
  EXPECT_EQ(boost::json::parse(answer.body).at("results").as_array().size(), 100U);
}

TEST_F(SimulatorServerTest, ACertificateOfAnotherAuthorityIsNotItsOwn) {
  start();
  HttpsClient stranger(server_->port(), make_server_identity().ca_certificate);
  EXPECT_THROW(stranger.send("GET", kDetails), boost::system::system_error);
}

TEST_F(SimulatorServerTest, ItsNamesCanBeWrongOnPurpose) {
  ServerOptions options;
  options.certificate_names = "DNS:elsewhere.example";
  start(options);
  EXPECT_THROW(client().send("GET", kDetails), boost::system::system_error);
}

TEST_F(SimulatorServerTest, ASessionIsResumed) {
  start();
  HttpsClient client = this->client();
  client.send("GET", kDetails);
  client.disconnect();
  EXPECT_EQ(client.send("GET", kDetails).status, 200);
  EXPECT_TRUE(client.resumed());
  server_->with_hubspot(
      [](SimulatedHubSpot& hubspot) { EXPECT_EQ(hubspot.statistics().resumed_sessions, 1U); });
}

TEST_F(SimulatorServerTest, ADropIsAResetAndTheRecordIsThere) {
  start();
  server_->with_hubspot([](SimulatedHubSpot& hubspot) { hubspot.faults().order(Fault::reset); });
  HttpsClient client = this->client();
  EXPECT_EQ(client.send("POST", kCreate, inputs({payment("P1")})).failure,
            "Connection reset by peer");
  EXPECT_EQ(client.send("POST", kCreate, inputs({payment("P1")})).status, 400);
}

TEST_F(SimulatorServerTest, ATruncatedAnswerBreaksOffInTheBody) {
  start();
  server_->with_hubspot(
      [](SimulatedHubSpot& hubspot) { hubspot.faults().order(Fault::truncated); });
  const ClientAnswer answer = client().send("POST", kCreate, inputs({payment("P1")}));
  EXPECT_EQ(answer.status, 0);
  EXPECT_FALSE(answer.failure.empty());
}

TEST_F(SimulatorServerTest, AnArchiveHasNoBody) {
  start();
  const ClientAnswer answer =
      client().send("POST", "/crm/v3/objects/commerce_payments/batch/archive", R"({"inputs":[]})");
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.headers.count("content-length"), 0U);
}

TEST_F(SimulatorServerTest, TheLedgerFileHoldsEachRecordBeforeItsAnswerIsOut) {
  ServerOptions options;
  options.ledger_file = in_folder("ledger.ndjson");
  start(options);
  client().send("POST", kCreate, inputs({payment("P1")}));
  const auto line = boost::json::parse(contents(options.ledger_file));
  EXPECT_EQ(text(line.at("action")), "created");
  EXPECT_EQ(text(line.at("key")), "P1");
}

TEST_F(SimulatorServerTest, ALateCommitIsWrittenInTimeThoughNobodyAsks) {
  ServerOptions options;
  options.hubspot.faults.late_commit_after = std::chrono::milliseconds(1);
  start(options);
  server_->with_hubspot(
      [](SimulatedHubSpot& hubspot) { hubspot.faults().order(Fault::late_commit); });
  client().send("POST", kCreate, inputs({payment("P1")}));
  const auto written = [&] {
    std::size_t records = 0;
    server_->with_hubspot(
        [&](SimulatedHubSpot& hubspot) { records = hubspot.live_records("commerce_payments"); });
    return records == 1;
  };
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!written() && std::chrono::steady_clock::now() < give_up) std::this_thread::yield();
  EXPECT_TRUE(written());
}

/// Holds the server up, as a busy machine does, from one moment to another.
class HeldUp {
 public:
  explicit HeldUp(SimulatorServer& server) {
    std::promise<void> has_begun;
    thread_ = std::thread([this, &server, &has_begun] {
      server.with_hubspot([&](SimulatedHubSpot&) {
        has_begun.set_value();
        end_.get_future().wait();
      });
    });
    has_begun.get_future().wait();
  }
  ~HeldUp() {
    end_.set_value();
    thread_.join();
  }

 private:
  std::promise<void> end_;
  std::thread thread_;
};

// A limit of requests in a window is of those that arrive in it.
TEST_F(SimulatorServerTest, ARequestCountsFromItsArrivalThoughTheServerIsHeldUp) {
  using Clock = std::chrono::system_clock;
  constexpr std::chrono::milliseconds kHold(200);
  constexpr std::chrono::milliseconds kCoarse(50);  // the kernel's ticks, and its work until then
  start();
  HttpsClient client = this->client();
  client.send("GET", kDetails);
  Clock::time_point arrived;
  {
    const HeldUp held_up(*server_);
    client.ask("POST", kCreate, inputs({payment("P1")}));
    arrived = Clock::now();
    while (Clock::now() < arrived + kHold) std::this_thread::yield();
  }
  EXPECT_EQ(client.answer().status, 201);
  server_->with_hubspot([&](SimulatedHubSpot& hubspot) {
    ASSERT_EQ(hubspot.ledger().entries().size(), 1U);
    const Instant counted = hubspot.ledger().entries().front().at;
    EXPECT_GT(counted, arrived - kCoarse);
    EXPECT_LT(counted, arrived + kHold - kCoarse);
  });
}

TEST_F(SimulatorServerTest, TheCaFileIsWhatAClientNeeds) {
  ServerOptions options;
  options.ca_file = in_folder("ca.pem");
  start(options);
  HttpsClient client(server_->port(), contents(options.ca_file));
  EXPECT_EQ(client.send("GET", kDetails).status, 200);
}

TEST_F(SimulatorServerTest, StopsWhileAnAnswerIsOnItsWay) {
  ServerOptions options;
  options.hubspot.latency = std::chrono::hours(1);
  start(options);
  HttpsClient client = this->client();
  std::thread asking([&] { EXPECT_EQ(client.send("GET", kDetails).status, 0); });
  const auto arrived = [&] {
    std::uint64_t requests = 0;
    server_->with_hubspot(
        [&](SimulatedHubSpot& hubspot) { requests = hubspot.statistics().requests; });
    return requests == 1;
  };
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!arrived() && std::chrono::steady_clock::now() < give_up) std::this_thread::yield();
  EXPECT_TRUE(arrived());
  server_->stop();
  asking.join();
}

TEST_F(SimulatorServerTest, ATakenPortIsToldInOneSentence) {
  start();
  ServerOptions second;
  second.port = server_->port();
  try {
    SimulatorServer server(second);
    FAIL() << "two servers on one port";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(),
                HasSubstr("cannot listen on 127.0.0.1:" + std::to_string(second.port)));
  }
}

TEST_F(SimulatorServerTest, TheAdminSurfaceNeedsNoTokenAndCountsForNothing) {
  start();
  HttpsClient client = this->client();
  client.send("POST", kCreate, inputs({payment("P1")}));
  const auto stats = boost::json::parse(client.send("GET", "/sim/stats").body);
  EXPECT_EQ(stats.at("requests").as_int64(), 1);
  EXPECT_EQ(stats.at("payments").as_int64(), 1);
}

}  // namespace
}  // namespace payferry::simulator
