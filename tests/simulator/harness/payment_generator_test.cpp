#include "bench/harness/payment_generator.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <map>
#include <set>
#include <vector>

#include "model/currency.hpp"
#include "model/decimal.hpp"
#include "model/instant.hpp"

namespace payferry::bench {
namespace {

struct Generated {
  std::string bytes;
  std::vector<Defect> defects;
};

Generated generate(const GeneratorOptions& options) {
  Generated generated;
  PaymentGenerator generator(options);
  generator.append_head(generated.bytes);
  for (std::uint64_t i = 0; i < options.records; ++i) {
    generated.defects.push_back(generator.append_next(generated.bytes));
  }
  return generated;
}

using Row = std::vector<std::string>;

/// A plain reader of RFC 4180, apart from payferry's own.
std::vector<Row> read_csv(const std::string& bytes) {
  std::vector<Row> rows(1, Row(1));
  bool quoted = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (quoted && c == '"' && i + 1 < bytes.size() && bytes[i + 1] == '"') {
      rows.back().back() += c;
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == ',') {
      rows.back().emplace_back();
    } else if (!quoted && c == '\n') {
      rows.emplace_back(1);
    } else {
      rows.back().back() += c;
    }
  }
  rows.pop_back();
  return rows;
}

constexpr GeneratorOptions kThousand{.records = 1000};

TEST(PaymentGenerator, TheSameSeedGivesTheSameBytesAndAnotherSeedOthers) {
  GeneratorOptions other = kThousand;
  other.seed = 2;
  EXPECT_EQ(generate(kThousand).bytes, generate(kThousand).bytes);
  EXPECT_NE(generate(kThousand).bytes, generate(other).bytes);
}

TEST(PaymentGenerator, GoodRowsAreWholeAndValid) {
  const auto rows = read_csv(generate(kThousand).bytes);
  ASSERT_EQ(rows.size(), 1001U);
  EXPECT_EQ(rows[0], (Row{"id", "created", "amount", "currency", "status", "method", "email",
                          "customer", "description", "reference"}));
  std::set<std::string> ids;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const Row& row = rows[i];
    ASSERT_EQ(row.size(), 10U) << row[0];
    EXPECT_TRUE(ids.insert(row[0]).second) << row[0];
    EXPECT_TRUE(parse_iso8601(row[1])) << row[1];
    const auto amount = Decimal::parse(row[2]);
    ASSERT_TRUE(amount) << row[2];
    EXPECT_EQ(amount->scale(), Currency::parse(row[3])->exponent()) << row[2] << row[3];
  }
}

TEST(PaymentGenerator, RowsHaveWhatMakesFilesHard) {
  const auto rows = read_csv(generate(kThousand).bytes);
  std::map<std::string, int> currencies;
  bool comma = false, quote = false, line_end = false, beyond_ascii = false;
  for (const Row& row : rows) {
    ++currencies[row[3]];
    for (const std::string& cell : row) {
      comma |= cell.find(',') != std::string::npos;
      quote |= cell.find('"') != std::string::npos;
      line_end |= cell.find('\n') != std::string::npos;
      beyond_ascii |= std::any_of(cell.begin(), cell.end(), [](char c) { return c < 0; });
    }
  }
  EXPECT_TRUE(comma && quote && line_end && beyond_ascii);
  EXPECT_GT(currencies["JPY"], 0);
  EXPECT_GT(currencies["KWD"], 0);
  EXPECT_GE(currencies.size(), 7U);
}

TEST(PaymentGenerator, ARowIsAboutAHundredAndSeventyBytes) {
  const double average = static_cast<double>(generate(kThousand).bytes.size()) / 1000;
  EXPECT_GT(average, 140);
  EXPECT_LT(average, 200);
}

TEST(PaymentGenerator, MomentsComeInOrderOfTime) {
  const auto rows = read_csv(generate(kThousand).bytes);
  for (std::size_t i = 2; i < rows.size(); ++i) EXPECT_LE(rows[i - 1][1], rows[i][1]);
}

TEST(PaymentGenerator, NdjsonHoldsTheSamePaymentsNested) {
  GeneratorOptions options = kThousand;
  options.format = GeneratedFormat::ndjson;
  const auto rows = read_csv(generate(kThousand).bytes);
  const std::string bytes = generate(options).bytes;
  std::size_t row = 1;
  for (std::size_t start = 0; start < bytes.size(); ++row) {
    const std::size_t end = bytes.find('\n', start);
    const auto value =
        boost::json::parse(boost::json::string_view(bytes).substr(start, end - start));
    EXPECT_EQ(value.at("id").as_string(), rows[row][0]);
    EXPECT_EQ(value.at("amount").at("value").as_string(), rows[row][2]);
    EXPECT_EQ(value.at("customer").at("name").as_string(), rows[row][7]);
    EXPECT_EQ(value.at("description").as_string(), rows[row][8]);
    start = end + 1;
  }
  EXPECT_EQ(row, 1001U);
}

TEST(PaymentGenerator, BadRowsAreAsManyAsAskedAndBadAsTold) {
  GeneratorOptions options{.records = 20'000, .bad_share = 0.1};
  const Generated generated = generate(options);
  const auto rows = read_csv(generated.bytes);
  std::map<Defect, int> counts;
  for (std::size_t i = 0; i < generated.defects.size(); ++i) {
    const Row& row = rows[i + 1];
    const Defect defect = generated.defects[i];
    ++counts[defect];
    EXPECT_EQ(row[0].empty(), defect == Defect::missing_id);
    EXPECT_EQ(parse_iso8601(row[1]).has_value(), defect != Defect::bad_date);
    EXPECT_EQ(Decimal::parse(row[2]).has_value(), defect != Defect::bad_amount);
    EXPECT_EQ(row[3] == "NOK", defect == Defect::currency_not_enabled);
    EXPECT_EQ(row[4] == "settled_elsewhere", defect == Defect::unknown_status);
  }
  EXPECT_EQ(counts.size(), 6U);
  EXPECT_NEAR(20'000 - counts[Defect::none], 2000, 200);
}

TEST(PaymentGenerator, ADefectSaysWhoRefusesIt) {
  EXPECT_EQ(refused_by(Defect::bad_date), "payferry");
  EXPECT_EQ(refused_by(Defect::currency_not_enabled), "hubspot");
  EXPECT_EQ(name_of(Defect::missing_id), "missing_id");
}

}  // namespace
}  // namespace payferry::bench
