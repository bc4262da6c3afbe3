#include "bench/load/soak_books.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "bench/harness/scratch_folder.hpp"

namespace payferry::bench {
namespace {

std::string outcome(int record, const std::string& status, const std::string& id = "") {
  return "{\"record\":" + std::to_string(record) + ",\"line\":" + std::to_string(record + 1) +
         ",\"key\":\"P" + std::to_string(record) + "\",\"status\":\"" + status + "\"" +
         (id.empty() ? "" : ",\"id\":\"" + id + "\"") + ",\"at\":\"2026-11-23T10:00:00.000Z\"}\n";
}

std::string created(const std::string& key, const std::string& id,
                    const std::string& action = "created") {
  return "{\"action\":\"" + action + "\",\"id\":\"" + id + "\",\"key\":\"" + key + "\"}\n";
}

/// Two good records, one that payferry refuses and one that HubSpot does.
class SoakBooksTest : public testing::Test {
 protected:
  /// What is wrong; empty: nothing.
  std::string compare(const std::string& outcomes, const std::string& ledger) {
    try {
      compare_books({Defect::none, Defect::bad_date, Defect::unknown_status, Defect::none},
                    folder_.write("outcomes", outcomes), folder_.write("ledger", ledger));
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return {};
  }

  ScratchFolder folder_;
  std::string refused_ = outcome(3, "rejected") + outcome(2, "invalid");
  std::string outcomes_ = outcome(4, "created", "14") + refused_ + outcome(1, "created", "11");
  std::string ledger_ = created("P1", "11") + created("P4", "14");
};

TEST_F(SoakBooksTest, AgreeInAnyOrder) {
  EXPECT_EQ(compare(outcomes_, ledger_), "");
  EXPECT_EQ(compare(outcomes_, created("P4", "14") + created("P1", "11")), "");
}

TEST_F(SoakBooksTest, DoNotAgreeWhereARecordIsTwiceInHubSpot) {
  EXPECT_THAT(compare(outcomes_, ledger_ + created("P1", "15")),
              testing::HasSubstr("one record twice, as 11 and 15"));
}

TEST_F(SoakBooksTest, DoNotAgreeWhereARecordIsLost) {
  EXPECT_THAT(compare(outcomes_, created("P1", "11")), testing::HasSubstr("not all are the same"));
  EXPECT_THAT(compare(outcome(4, "created", "14") + refused_, ledger_),
              testing::HasSubstr("record 1 has no line"));
}

TEST_F(SoakBooksTest, DoNotAgreeWhereARecordHasAnothersId) {
  EXPECT_THAT(compare(outcomes_, created("P1", "14") + created("P4", "11")),
              testing::HasSubstr("not all are the same"));
}

TEST_F(SoakBooksTest, DoNotAgreeWhereARecordHasTwoLines) {
  EXPECT_THAT(compare(outcomes_ + outcome(2, "invalid"), ledger_),
              testing::HasSubstr("a second line"));
}

TEST_F(SoakBooksTest, DoNotAgreeWhereARecordEndsOtherwise) {
  for (const char* const status : {"existing", "unknown", "rejected"}) {
    EXPECT_THAT(compare(refused_ + outcome(1, status, "11") + outcome(4, "created", "14"), ledger_),
                testing::HasSubstr("another status"));
  }
}

TEST_F(SoakBooksTest, DoNotAgreeWhereARecordWasChanged) {
  EXPECT_THAT(compare(outcomes_, ledger_ + created("P1", "11", "archived")),
              testing::HasSubstr("was not created"));
}

TEST_F(SoakBooksTest, HoldNothingThatIsNoLineOfThem) {
  EXPECT_THAT(compare(outcomes_ + "{\n", ledger_), testing::HasSubstr("no line"));
  EXPECT_THAT(compare(outcomes_ + outcome(5, "invalid"), ledger_),
              testing::HasSubstr("no such record"));
  EXPECT_THAT(compare(outcomes_, ledger_ + created("P5", "x")), testing::HasSubstr("is no id"));
}

}  // namespace
}  // namespace payferry::bench
