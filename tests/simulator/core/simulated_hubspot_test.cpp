#include "bench/simulator/core/simulated_hubspot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/core/hubspot_account.hpp"

namespace payferry::simulator {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

/// What one faulty create gives, and how many records it leaves.
struct Outcome {
  SimulatedReply reply;
  std::size_t records = 0;
};

Outcome suffer(Fault fault, std::size_t count = 3) {
  HubSpotAccount account;
  account.hubspot.faults().order(fault);
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i)
    all.push_back(payment("P" + std::to_string(i), std::to_string(i)));
  Outcome outcome{account.create(inputs(all)), account.payments()};
  EXPECT_EQ(account.hubspot.statistics().faults[static_cast<std::size_t>(fault)], 1U);
  return outcome;
}

TEST(SimulatedHubSpot, CommittedFaultsWriteAndUncommittedOnesDoNot) {
  for (const Fault fault :
       {Fault::reset, Fault::truncated, Fault::stall, Fault::bad_gateway, Fault::gateway_timeout,
        Fault::timeout_524, Fault::server_error, Fault::empty, Fault::missing, Fault::slow}) {
    EXPECT_EQ(suffer(fault).records, 3U) << name_of(fault);
  }
  for (const Fault fault :
       {Fault::reset_uncommitted, Fault::late_commit, Fault::stall_uncommitted,
        Fault::bad_gateway_uncommitted, Fault::server_error_uncommitted, Fault::unavailable,
        Fault::locked, Fault::moving, Fault::throttled, Fault::expired, Fault::empty_uncommitted}) {
    EXPECT_EQ(suffer(fault).records, 0U) << name_of(fault);
  }
  EXPECT_EQ(suffer(Fault::missing_uncommitted).records, 2U);
}

TEST(SimulatedHubSpot, FaultsShowAsTheContractSays) {
  const std::pair<Fault, int> statuses[] = {
      {Fault::bad_gateway, 502},  {Fault::gateway_timeout, 504}, {Fault::timeout_524, 524},
      {Fault::server_error, 500}, {Fault::unavailable, 503},     {Fault::locked, 423},
      {Fault::moving, 477},       {Fault::throttled, 429},       {Fault::expired, 401},
      {Fault::empty, 201}};
  for (const auto& [fault, status] : statuses)
    EXPECT_EQ(suffer(fault).reply.status, status) << name_of(fault);
  EXPECT_THAT(std::string(suffer(Fault::bad_gateway).reply.content_type), HasSubstr("text/html"));
  EXPECT_EQ(suffer(Fault::timeout_524).reply.delay, 100s);
  EXPECT_EQ(suffer(Fault::moving).reply.retry_after, 30s);
  EXPECT_EQ(suffer(Fault::reset).reply.delivery, Delivery::dropped);
  EXPECT_EQ(suffer(Fault::stall).reply.delay, 1h);
  EXPECT_EQ(suffer(Fault::slow).reply.delay, 5s);
  const SimulatedReply truncated = suffer(Fault::truncated).reply;
  EXPECT_EQ(truncated.delivery, Delivery::truncated);
  EXPECT_LT(truncated.sent_bytes, truncated.body.size());
  EXPECT_TRUE(body_of(suffer(Fault::empty).reply).at("results").as_array().empty());
}

TEST(SimulatedHubSpot, AMissingRecordIsInNeitherList) {
  for (const Fault fault : {Fault::missing, Fault::missing_uncommitted}) {
    const auto body = body_of(suffer(fault).reply);
    EXPECT_EQ(body.at("results").as_array().size(), 2U);
    EXPECT_FALSE(body.as_object().contains("errors"));
  }
}

TEST(SimulatedHubSpot, ALateCommitIsWrittenAfterItsConnectionIsGone) {
  HubSpotAccount account;
  account.hubspot.faults().order(Fault::late_commit);
  EXPECT_EQ(account.create(inputs({payment("P1")})).delivery, Delivery::dropped);
  EXPECT_EQ(account.hubspot.next_late_commit(), account.now + 30s);
  account.hubspot.advance(account.now + 29'999ms);
  EXPECT_EQ(account.payments(), 0U);
  account.hubspot.advance(account.now + 30s);
  EXPECT_EQ(account.payments(), 1U);
  EXPECT_EQ(account.hubspot.next_late_commit(), std::nullopt);
  const LedgerEntry& entry = account.hubspot.ledger().entries().at(0);
  EXPECT_EQ(entry.at, account.now + 30s);
  EXPECT_EQ(entry.request, 1U);
}

TEST(SimulatedHubSpot, ALateCommitOfAKeyThatIsTakenMeanwhileWritesNothing) {
  HubSpotAccount account;
  account.hubspot.faults().order(Fault::late_commit);
  account.create(inputs({payment("P1")}));
  account.now += 1s;
  EXPECT_EQ(account.create(inputs({payment("P1")})).status, 201);
  account.now += 60s;
  account.hubspot.advance(account.now);
  EXPECT_EQ(account.payments(), 1U);
}

TEST(SimulatedHubSpot, FaultsSpareReadsAndSettingsUnlessAsked) {
  SimulatorOptions options;
  options.faults.with(Fault::unavailable, 1);
  HubSpotAccount account(options);
  EXPECT_EQ(account.create(inputs({payment("P1")})).status, 503);
  EXPECT_EQ(account.read(R"({"inputs":[]})").status, 200);
  EXPECT_EQ(account.send("GET", "/crm/v3/properties/commerce_payments").status, 200);
  account.hubspot.faults().plan().on_reads = true;
  EXPECT_EQ(account.read(R"({"inputs":[]})").status, 503);
  account.hubspot.faults().plan().on_settings = true;
  EXPECT_EQ(account.send("GET", "/crm/v3/properties/commerce_payments").status, 503);
}

TEST(SimulatedHubSpot, EachFaultHappensAboutAsOftenAsItsProbability) {
  SimulatorOptions options;
  options.limits.enforced = false;
  options.faults.with(Fault::reset, 0.1).with(Fault::unavailable, 0.3);
  HubSpotAccount account(options);
  for (int i = 0; i < 4000; ++i) account.create(inputs({}));
  EXPECT_NEAR(static_cast<double>(account.hubspot.statistics().answers_of("batch_create", 0)), 400,
              60);
  EXPECT_NEAR(static_cast<double>(account.hubspot.statistics().answers_of("batch_create", 503)),
              1200, 100);
}

std::string story_of(std::uint64_t seed) {
  SimulatorOptions options;
  options.seed = seed;
  options.latency = 100ms;
  options.jitter = 50ms;
  options.faults.with(Fault::reset, 0.2).with(Fault::truncated, 0.2).with(Fault::missing, 0.2);
  HubSpotAccount account(options);
  std::string story;
  for (int i = 0; i < 50; ++i) {
    const std::string number = std::to_string(i);
    const SimulatedReply reply =
        account.create(inputs({payment("A" + number, "a"), payment("B" + number, "b")}));
    story += reply.body + std::to_string(reply.status) +
             std::to_string(static_cast<int>(reply.delivery)) + std::to_string(reply.sent_bytes) +
             std::to_string(reply.delay.count()) + reply.correlation_id + "\n";
    account.now += reply.delay;
  }
  account.hubspot.ledger().append_ndjson(story);
  return story;
}

TEST(SimulatedHubSpot, TheSameSeedTellsTheSameStory) {
  EXPECT_EQ(story_of(7), story_of(7));
  EXPECT_NE(story_of(7), story_of(8));
}

TEST(SimulatedHubSpot, LatencyStaysWithinItsJitter) {
  SimulatorOptions options;
  options.latency = 100ms;
  options.jitter = 20ms;
  HubSpotAccount account(options);
  std::chrono::milliseconds least = 1h, most = 0ms;
  for (int i = 0; i < 100; ++i) {
    const auto delay = account.send("GET", "/account-info/v3/details").delay;
    least = std::min(least, delay);
    most = std::max(most, delay);
  }
  EXPECT_GE(least, 80ms);
  EXPECT_LE(most, 120ms);
  EXPECT_GT(most - least, 20ms);
}

TEST(SimulatedHubSpot, AnswersTellWhenTheyStartedAndEnded) {
  SimulatorOptions options;
  options.latency = 300ms;
  options.clock_skew = 2s;
  HubSpotAccount account(options);
  const SimulatedReply reply = account.create(inputs({payment("P1")}));
  const auto body = body_of(reply);
  EXPECT_EQ(text(body.at("startedAt")), to_iso8601(account.now + 2s));
  EXPECT_EQ(text(body.at("completedAt")), to_iso8601(account.now + 2s + 300ms));
  EXPECT_EQ(text(body.at("results").at(0).at("createdAt")), to_iso8601(account.now + 2s));
  EXPECT_EQ(reply.date, account.now + 2s + 300ms);
}

TEST(SimulatedHubSpot, UnknownPathsAreAnHtml404) {
  HubSpotAccount account;
  const SimulatedReply reply = account.send("GET", "/nothing/here");
  EXPECT_EQ(reply.status, 404);
  EXPECT_THAT(std::string(reply.content_type), HasSubstr("text/html"));
}

TEST(SimulatedHubSpot, AnUnknownObjectTypeHasABodyWithoutCategory) {
  HubSpotAccount account;
  const SimulatedReply reply =
      account.post("/crm/v3/objects/butterflies/batch/create", inputs({payment("P1")}));
  EXPECT_EQ(reply.status, 400);
  const auto body = body_of(reply);
  EXPECT_EQ(text(body.at("message")), "Unable to infer object type from: butterflies");
  EXPECT_FALSE(body.as_object().contains("category"));
}

TEST(SimulatedHubSpot, MomentsAreKeptAsHubSpotShowsThem) {
  HubSpotAccount account;
  account.create(
      R"({"inputs":[{"properties":{"hs_external_reference_id":"P1","hs_initial_amount":"1",)"
      R"("hs_initiated_date":"2024-03-27T18:04:11+01:00","hs_payout_date":"1711497600000"}}]})");
  const auto value = [&](const char* property) {
    return account.hubspot.value_of("commerce_payments", "hs_external_reference_id", "P1",
                                    property);
  };
  EXPECT_EQ(value("hs_initiated_date"), "2024-03-27T17:04:11.000Z");
  EXPECT_EQ(value("hs_payout_date"), "2024-03-27T00:00:00.000Z");
}

TEST(SimulatedHubSpot, StatisticsCountWhatWasAskedAndAnswered) {
  HubSpotAccount account;
  account.create(inputs({payment("P1"), payment("P2")}));
  account.create("[");
  account.send("GET", "/nowhere");
  const Statistics& statistics = account.hubspot.statistics();
  EXPECT_EQ(statistics.requests, 3U);
  EXPECT_EQ(statistics.created, 2U);
  EXPECT_EQ(statistics.answers_of("batch_create"), 2U);
  EXPECT_EQ(statistics.answers_of("batch_create", 400), 1U);
  EXPECT_EQ(statistics.answers_of("unknown", 404), 1U);
  const auto json = boost::json::parse(statistics.to_json());
  EXPECT_EQ(json.at("answers").at("batch_create").at("201").as_int64(), 1);
}

TEST(SimulatedHubSpot, AccountDetailsTellZoneCurrenciesAndUsage) {
  SimulatorOptions options;
  options.account.time_zone = "America/New_York";
  options.account.company_currency = "USD";
  options.account.currencies = {"USD", "EUR"};
  HubSpotAccount account(options);
  account.now = *parse_iso8601("2026-07-01T12:00:00Z");
  const auto details = body_of(account.send("GET", "/account-info/v3/details"));
  EXPECT_EQ(text(details.at("timeZone")), "America/New_York");
  EXPECT_EQ(details.at("utcOffsetMilliseconds").as_int64(), -14'400'000);
  EXPECT_EQ(text(details.at("utcOffset")), "-04:00");
  EXPECT_EQ(text(details.at("companyCurrency")), "USD");
  EXPECT_EQ(text(details.at("additionalCurrencies")), R"(["EUR"])");
  const auto usage = body_of(account.send("GET", "/account-info/v3/api-usage/daily/private-apps"));
  EXPECT_EQ(usage.at("results").at(0).at("currentUsage").as_int64(), 2);
  EXPECT_EQ(usage.at("results").at(0).at("usageLimit").as_int64(), 625'000);
  EXPECT_EQ(text(usage.at("results").at(0).at("resetsAt")), "2026-07-02T04:00:00.000Z");
  const auto codes = body_of(account.send("GET", "/settings/v3/currencies/codes"));
  EXPECT_EQ(codes.at("results").as_array().size(), 2U);
  const auto company = body_of(account.send("GET", "/settings/v3/currencies/company-currency"));
  EXPECT_EQ(text(company.at("code")), "USD");
}

TEST(SimulatedHubSpot, ToAnswerTellsWhatATransportWould) {
  HubSpotAccount account;
  const SimulatedReply reply = account.create(inputs({payment("P1")}));
  const Answer answer = to_answer(reply, account.now, account.now + 1s);
  EXPECT_EQ(answer.reach, Reach::answered);
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.body, reply.body);
  EXPECT_EQ(answer.rate.max, 190U);
  EXPECT_EQ(answer.correlation_id, reply.correlation_id);
  account.hubspot.faults().order(Fault::reset);
  EXPECT_EQ(to_answer(account.create(inputs({})), account.now, account.now).reach,
            Reach::sent_unanswered);
}

TEST(SimulatedHubSpot, SingleRecordsAreCreatedUpdatedAndArchived) {
  HubSpotAccount account;
  const std::string base = "/crm/v3/objects/commerce_payments";
  const SimulatedReply created = account.post(base, payment("P1", "trace"));
  ASSERT_EQ(created.status, 201) << created.body;
  const std::string id = text(body_of(created).at("id"));
  EXPECT_EQ(
      account.send("PATCH", base + "/" + id, R"({"properties":{"hs_latest_status":"refunded"}})")
          .status,
      200);
  EXPECT_EQ(account
                .send("PATCH", base + "/P1?idProperty=hs_external_reference_id",
                      R"({"properties":{"hs_internal_comment":"x"}})")
                .status,
            200);
  EXPECT_EQ(account.send("PATCH", base + "/1", R"({"properties":{}})").status, 404);
  EXPECT_EQ(account.post(base, payment("P1", "trace")).status, 400);
  EXPECT_EQ(account.post(base, "7").status, 400);
  EXPECT_EQ(account.send("DELETE", base + "/" + id).status, 204);
  EXPECT_EQ(account.payments(), 0U);
}

TEST(SimulatedHubSpot, OptionsThatCannotBeAreOneSentence) {
  SimulatorOptions zone;
  zone.account.time_zone = "Mars/Base";
  EXPECT_THROW(SimulatedHubSpot{zone}, std::runtime_error);
  SimulatorOptions twice;
  twice.account.properties = {{.name = "hs_initial_amount"}};
  EXPECT_THROW(SimulatedHubSpot{twice}, std::runtime_error);
  SimulatorOptions contact;
  contact.account.contacts = {{.id = "x", .email = "a@example.com"}};
  EXPECT_THROW(SimulatedHubSpot{contact}, std::runtime_error);
}

}  // namespace
}  // namespace payferry::simulator
