#include "bench/simulator/core/ledger.hpp"

#include <gtest/gtest.h>

#include "simulator/core/hubspot_account.hpp"

namespace payferry::simulator {
namespace {

std::vector<boost::json::value> lines_of(const HubSpotAccount& account) {
  std::string ndjson;
  account.hubspot.ledger().append_ndjson(ndjson);
  std::vector<boost::json::value> lines;
  for (std::size_t start = 0; start < ndjson.size();) {
    const std::size_t end = ndjson.find('\n', start);
    lines.push_back(
        boost::json::parse(boost::json::string_view(ndjson).substr(start, end - start)));
    start = end + 1;
  }
  return lines;
}

TEST(Ledger, HoldsEverythingThatHappenedInOrder) {
  HubSpotAccount account;
  account.upsert(inputs({upsert_of("P1")}));
  account.now += std::chrono::seconds(1);
  account.upsert(inputs({upsert_of("P1", "", R"(,"hs_internal_comment":"\"é\"")")}));
  const std::string id = std::to_string(account.hubspot.ledger().entries()[0].id);
  account.send("DELETE", "/crm/v3/objects/commerce_payments/" + id);
  const auto lines = lines_of(account);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(text(lines[0].at("action")), "created");
  EXPECT_EQ(lines[0].at("sequence").as_int64(), 1);
  EXPECT_EQ(text(lines[0].at("key")), "P1");
  EXPECT_EQ(text(lines[0].at("object")), "commerce_payments");
  EXPECT_EQ(text(lines[0].at("properties").at("hs_initial_amount")), "9.99");
  EXPECT_FALSE(lines[0].at("properties").as_object().contains("hs_internal_comment"));
  EXPECT_EQ(text(lines[1].at("action")), "updated");
  EXPECT_EQ(text(lines[1].at("at")), to_iso8601(account.now));
  EXPECT_EQ(lines[1].at("request").as_int64(), 2);
  EXPECT_EQ(text(lines[1].at("properties").at("hs_internal_comment")), "\"é\"");
  EXPECT_EQ(text(lines[2].at("action")), "archived");
  EXPECT_EQ(text(lines[2].at("id")), id);
}

TEST(Ledger, IsNotKeptWhereItIsNotWanted) {
  SimulatorOptions options;
  options.keep_ledger = false;
  HubSpotAccount account(options);
  account.create(inputs({payment("P1")}));
  EXPECT_TRUE(account.hubspot.ledger().entries().empty());
  EXPECT_EQ(account.hubspot.statistics().created, 1U);
}

}  // namespace
}  // namespace payferry::simulator
