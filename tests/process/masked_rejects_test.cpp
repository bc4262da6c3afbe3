#include <gmock/gmock.h>

#include "process/load_fixture.hpp"

namespace payferry::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kCard = "4111111111111111";
constexpr const char* kMark = "[card number ending in 1111 masked by payferry]";
constexpr const char* kOpenNote =
    "hs_internal_comment = { from = \"note\", allow_card_like = true }\n";
constexpr const char* kCheckedNote = "hs_internal_comment = { from = \"note\" }\n";

/// What a file of rejects says of digits that look like a card number, and what a second load makes
/// of it.
class MaskedRejectsTest : public LoadFixture, public testing::WithParamInterface<bool> {
 protected:
  MaskedRejectsTest() { start_simulator(); }

  static bool csv() { return GetParam(); }
  static std::string name(const std::string& stem) { return stem + (csv() ? ".csv" : ".ndjson"); }

  void write_payment(const std::string& id, const std::string& amount, const std::string& note,
                     const std::string& unmapped) {
    const std::string created = "2024-01-01T10:00:00Z";
    write(name("payments"),
          csv() ? "id,amount,created,currency,status,note,more\n" + id + "," + amount + "," +
                      created + ",GBP,succeeded," + note + "," + unmapped + "\n"
                : R"({"id":")" + id + R"(","amount":")" + amount + R"(","created":")" + created +
                      R"(","currency":"GBP","status":"succeeded","note":")" + note +
                      R"(","more":)" + unmapped + "}\n");
  }
  ProcessResult load_into(const std::string& run, const std::string& input) {
    return payferry({"load", "-c", file("payments.toml").string(), "--run-dir", file(run).string(),
                     "--progress", "none", file(input).string()});
  }
  std::string rejects() const { return read("run/" + name("rejects")); }
  std::string comment_of(const std::string& id) {
    std::string comment = "no record";
    with_hubspot([&](simulator::SimulatedHubSpot& hubspot) {
      comment =
          hubspot
              .value_of("commerce_payments", "hs_external_reference_id", id, "hs_internal_comment")
              .value_or(comment);
    });
    return comment;
  }
};

INSTANTIATE_TEST_SUITE_P(Formats, MaskedRejectsTest, testing::Bool(),
                         [](const auto& format) { return format.param ? "Csv" : "Ndjson"; });

TEST_P(MaskedRejectsTest, AnIdAndWhatTheConfigAllowsComeBackAsTheyStood) {
  write_config(std::string(kPaymentProperties) + kOpenNote);
  write_payment(kCard, "1.5O", kCard, kCard);
  ASSERT_EQ(load_into("run", name("payments")).exit_code, 1);
  std::string mended = rejects();
  EXPECT_THAT(mended, HasSubstr(kMark)) << "the column that is not sent";
  const auto wrong = mended.find("1.5O");
  ASSERT_NE(wrong, std::string::npos) << mended;
  write(name("mended"), mended.replace(wrong, 4, "1.50"));
  const ProcessResult again = load_into("again", name("mended"));
  EXPECT_EQ(again.exit_code, 0) << again.out << again.err;
  EXPECT_EQ(comment_of(kCard), kCard);
}

TEST_P(MaskedRejectsTest, AMaskedNumberIsNeverLoadedForTheValue) {
  write_config(std::string(kPaymentProperties) + kCheckedNote);
  write_payment("A", "1.50", kCard, "1");
  ASSERT_EQ(load_into("run", name("payments")).exit_code, 1);
  EXPECT_THAT(rejects(), HasSubstr(kMark));
  EXPECT_THAT(rejects(), Not(HasSubstr(kCard)));
  write_config(std::string(kPaymentProperties) + kOpenNote);
  EXPECT_EQ(load_into("again", "run/" + name("rejects")).exit_code, 1);
  EXPECT_THAT(read("again/outcomes.ndjson"), HasSubstr("\"code\":\"CARD_NUMBER\""));
  EXPECT_THAT(read("again/outcomes.ndjson"), HasSubstr("was masked here"));
  EXPECT_EQ(comment_of("A"), "no record");
}

}  // namespace
}  // namespace payferry::test
