#include "loader/check/source_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loader/check/table_records.hpp"

namespace payferry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

PropertyRule rule(const char* property, const char* column, ValueType type = ValueType::string) {
  PropertyRule result;
  result.property = property;
  result.from = column;
  result.type = type;
  return result;
}

MappingRules payment_rules() {
  MappingRules rules;
  rules.id_property = "hs_external_reference_id";
  rules.properties = {rule("hs_external_reference_id", "id"),
                      rule("hs_initial_amount", "amount", ValueType::decimal),
                      rule("hs_currency_code", "currency"), rule("note", "note")};
  return rules;
}

PropertySchema account_schema() {
  PropertyDefinition currency;
  currency.name = "hs_currency_code";
  currency.type = "enumeration";
  currency.options = {{"EUR", "Euro"}, {"GBP", "Pound"}};
  PropertyDefinition note;
  note.name = "note";
  note.type = "string";
  return PropertySchema({currency, note});
}

class SourceCheckTest : public testing::Test {
 protected:
  SourceFacts check(std::vector<TableRecords::Row> rows) {
    TableRecords reader({"id", "amount", "currency", "note"}, std::move(rows));
    reader.breaks_ = breaks_;
    options_.files = {"payments.csv"};
    SourceCheck check(reader, rules_, *Mapping::compile(rules_, reader.columns()), values_,
                      options_, [this](const Problem& problem) { problems_.push_back(problem); });
    while (check.next()) {
    }
    return check.facts();
  }

  std::vector<std::string> codes() const {
    std::vector<std::string> result;
    for (const Problem& problem : problems_) result.push_back(problem.code);
    return result;
  }

  MappingRules rules_ = payment_rules();
  ValueCheck* values_ = nullptr;
  SourceCheck::Options options_;
  std::vector<SourceBreak> breaks_;
  std::vector<Problem> problems_;
};

TEST_F(SourceCheckTest, FindsNothingInGoodRecords) {
  const SourceFacts facts = check({{"A", "1.50", "GBP", ""}, {"B", "2.00", "GBP", ""}});
  EXPECT_EQ(facts.records, 2U);
  EXPECT_EQ(facts.good(), 2U);
  EXPECT_EQ(facts.batches, 1U);
  EXPECT_THAT(problems_, IsEmpty());
  const auto& books = facts.totals.by_currency().at(*Currency::parse("GBP"));
  EXPECT_EQ(books.read.sum.to_string(), "3.50");
  EXPECT_TRUE(books.balanced());
}

TEST_F(SourceCheckTest, NamesEveryProblemOfARecordWithItsPlaceAndValue) {
  check({{"A", "1,5O", "GBP", "4111 1111 1111 1111"}});
  EXPECT_THAT(codes(), ElementsAre("INVALID_DECIMAL", "CARD_NUMBER"));
  const Problem& amount = problems_.at(0);
  EXPECT_EQ(amount.file, "payments.csv");
  EXPECT_EQ(amount.line, LineNumber(2));
  EXPECT_EQ(amount.record, RecordNumber(1));
  EXPECT_EQ(amount.column, "amount");
  EXPECT_EQ(amount.property, "hs_initial_amount");
  EXPECT_EQ(amount.value, "1,5O");
  EXPECT_EQ(problems_.at(1).value, "**** **** **** 1111");
}

TEST_F(SourceCheckTest, ShowsTheBeginningOfARowThatCannotBeUsed) {
  const SourceFacts facts = check({{"4111111111111111 and more"}});
  EXPECT_EQ(facts.invalid, 1U);
  EXPECT_EQ(problems_.at(0).value, "************1111 and more");
}

TEST_F(SourceCheckTest, FindsDuplicatesAsALoadWould) {
  const SourceFacts facts = check({{"A", "x", "GBP", ""},
                                   {"A", "1.00", "GBP", ""},
                                   {"A", "2.00", "GBP", ""},
                                   {"B", "3.00", "GBP", ""}});
  EXPECT_EQ(facts.duplicates, 1U) << "an invalid record does not take the id";
  EXPECT_THAT(codes(), ElementsAre("INVALID_DECIMAL", "DUPLICATE_IN_SOURCE"));
  EXPECT_THAT(problems_.at(1).message, HasSubstr("record 2"));
  EXPECT_EQ(problems_.at(1).column, "id");
  EXPECT_EQ(problems_.at(1).value, "A");
  const auto& books = facts.totals.by_currency().at(*Currency::parse("GBP"));
  EXPECT_EQ(books.loaded.sum.to_string(), "4.00");
}

TEST_F(SourceCheckTest, AnUpsertSendsDuplicates) {
  rules_.write = WriteMode::upsert;
  EXPECT_EQ(check({{"A", "1.00", "GBP", ""}, {"A", "2.00", "GBP", ""}}).good(), 2U);
}

TEST_F(SourceCheckTest, SaysThatKeysWereForgotten) {
  options_.remembered_keys = 2;
  std::vector<TableRecords::Row> rows;
  for (int i = 0; i < 10; ++i) rows.push_back({std::to_string(i), "1.00", "GBP", ""});
  EXPECT_FALSE(check(rows).all_keys_compared);
}

TEST_F(SourceCheckTest, CountsBatchesAsALoadClosesThem) {
  options_.batch_records = 2;
  std::vector<TableRecords::Row> rows(5, {"", "1.00", "GBP", ""});
  rules_.id_property.clear();
  EXPECT_EQ(check(rows).batches, 3U);
  EXPECT_EQ(check({{"A", "x", "GBP", ""}, {"B", "x", "GBP", ""}, {"C", "1.00", "GBP", ""}}).batches,
            1U)
      << "a batch of refused records sends nothing";
  options_.batch_bytes = 10;
  EXPECT_EQ(check({{"A", "1.00", "GBP", ""}, {"B", "1.00", "GBP", ""}}).batches, 2U);
}

TEST_F(SourceCheckTest, FindsWhatTheAccountWouldRefuse) {
  ValueCheck values(rules_, account_schema(), {});
  values_ = &values;
  const SourceFacts facts = check({{"A", "1.00", "GBP", ""}, {"B", "2.00", "ZAR", ""}});
  EXPECT_EQ(facts.unfit, 1U);
  EXPECT_EQ(facts.good(), 1U);
  EXPECT_THAT(codes(), ElementsAre("INVALID_OPTION"));
  EXPECT_EQ(problems_.at(0).column, "currency");
  EXPECT_EQ(problems_.at(0).value, "ZAR");
}

TEST_F(SourceCheckTest, TellsWhereTheInputBreaksOff) {
  breaks_ = {{{InputIndex(0), LineNumber(7), ByteOffset(60)}, "a quote opens in line 7", true},
             {{InputIndex(0), LineNumber(9), ByteOffset(80)}, "it breaks off in line 9"}};
  check({{"A", "1.00", "GBP", ""}});
  ASSERT_THAT(problems_, SizeIs(1));
  EXPECT_EQ(problems_[0].code, "INPUT_BREAKS_OFF");
  EXPECT_EQ(problems_[0].line, LineNumber(9));
  EXPECT_EQ(problems_[0].message, "it breaks off in line 9");
}

}  // namespace
}  // namespace payferry
