#include "loader/run/tally_json.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace payferry {
namespace {

namespace json = boost::json;

const Currency kPounds = Currency::parse("GBP").value();

Tally sample() {
  Tally tally;
  tally.count_read(kPounds, Decimal(1250, 2));
  tally.count_read(kPounds, Decimal(-300, 2));
  tally.count_outcome(kPounds, Decimal(1250, 2), OutcomeStatus::created);
  tally.count_read(Currency(), std::nullopt);
  tally.count_outcome(Currency(), std::nullopt, OutcomeStatus::invalid);
  return tally;
}

json::object through_text(const json::object& object) {
  return json::parse(json::serialize(object)).as_object();
}

Tally changed(const char* key, const json::value& value) {
  json::object object = to_json(sample());
  object[key] = value;
  return parse_tally(object);
}

/// A tally whose one currency has these sums.
Tally with_sums(const std::string& read, const std::string& loaded) {
  json::object object = to_json(sample());
  json::object& pounds = object["amounts"].as_object()["GBP"].as_object();
  pounds["read"].as_object()["sum"] = read;
  pounds["loaded"].as_object()["sum"] = loaded;
  return parse_tally(object);
}

Tally with_sum(const std::string& read) {
  return with_sums(read, "0");
}

TEST(TallyJson, WritesCountsAndExactSums) {
  EXPECT_EQ(json::serialize(to_json(sample())),
            R"({"records":3,"created":1,"updated":0,"existing":0,"invalid":1,"rejected":0,)"
            R"("unknown":0,"pending":1,"lacking_association":0,"amounts":{)"
            R"("GBP":{"read":{"count":2,"sum":"9.50"},"loaded":{"count":1,"sum":"12.50"},)"
            R"("refused":{"count":0,"sum":"0"},"pending":{"count":1,"sum":"-3.00"}},)"
            R"("XXX":{"read":{"count":1,"sum":"0"},"loaded":{"count":0,"sum":"0"},)"
            R"("refused":{"count":1,"sum":"0"},"pending":{"count":0,"sum":"0"}}}})");
}

TEST(TallyJson, ReadsBackWhatItWrote) {
  Tally lacking = sample();
  lacking.lacking_association = 7;
  EXPECT_EQ(parse_tally(through_text(to_json(lacking))).lacking_association, 7U);
  const Tally back = parse_tally(through_text(to_json(sample())));
  EXPECT_EQ(json::serialize(to_json(back)), json::serialize(to_json(sample())));
  EXPECT_EQ(back.totals.by_currency().at(kPounds).pending().sum, Decimal(-300, 2));
}

TEST(TallyJson, ReadsBackSumsOfEveryLengthThatASumCanHave) {
  for (const char* sum :
       {"0", "0.00", "-0.01", "999999999999999", "1000000000000000", "-123456789012345678901.50",
        "0.12345678901234567", "0.123456789012345678", "99999999999999999999999999999999999999",
        "-0.00000000000000000000000000000000000001"}) {
    EXPECT_EQ(with_sum(sum).totals.by_currency().at(kPounds).read.sum.to_string(), sum);
  }
}

TEST(TallyJson, RefusesWhatIsNoSum) {
  for (const char* sum :
       {"", "-", ".", "1.", ".5", "1,5", "1e3", "+1", " 1", "1 ", "1.2.3", "0x1",
        "100000000000000000000000000000000000000", "0.000000000000000000000000000000000000001"}) {
    EXPECT_THROW(with_sum(sum), std::runtime_error) << sum;
  }
}

TEST(TallyJson, RefusesSumsWhoseDifferenceHasTooManyDigits) {
  const std::string many = "37000000000000000000000000000005447.35";
  EXPECT_EQ(with_sum(many).totals.by_currency().at(kPounds).read.sum.to_string(), many);
  EXPECT_THROW(with_sums(many, "12.44355"), std::overflow_error);
}

TEST(TallyJson, RefusesWhatItDidNotWrite) {
  EXPECT_ANY_THROW(changed("records", "3"));
  EXPECT_ANY_THROW(changed("created", -1));
  EXPECT_ANY_THROW(changed("amounts", json::object{{"pounds", json::object()}}));
  EXPECT_ANY_THROW(changed("amounts", json::object{{"GBP", json::object()}}));
  EXPECT_ANY_THROW(parse_tally(json::object()));
  EXPECT_ANY_THROW(parse_counters(json::object()));
}

TEST(TallyJson, CountersReadBack) {
  const Counters counters{UINT64_MAX, 2, 3, 4, std::chrono::milliseconds(5)};
  EXPECT_EQ(json::serialize(to_json(counters)),
            R"({"requests":18446744073709551615,"retries":2,"throttled":3,"reconciled":4,)"
            R"("busy_ms":5})");
  EXPECT_EQ(parse_counters(through_text(to_json(counters))), counters);
}

}  // namespace
}  // namespace payferry
