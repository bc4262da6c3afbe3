#include "loader/source/input_sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compress.hpp"
#include "temp_directory.hpp"

namespace payferry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class InputSampleTest : public testing::Test {
 protected:
  Sample sample_of(const std::string& name, const std::string& content) {
    auto sample = read_sample(directory_.write(name, content));
    if (!sample) throw std::runtime_error(sample.error().message);
    return *std::move(sample);
  }
  std::string refusal_of(const std::string& name, const std::string& content) {
    const auto sample = read_sample(directory_.write(name, content));
    return sample ? "(none)" : sample.error().message;
  }

  TempDirectory directory_;
};

TEST_F(InputSampleTest, ReadsHeaderAndRows) {
  const Sample sample = sample_of("a.csv", "id;amount\nA;1,00\nB;2,00\n");
  EXPECT_THAT(sample.header, ElementsAre("id", "amount"));
  EXPECT_THAT(sample.rows, ElementsAre(ElementsAre("A", "1,00"), ElementsAre("B", "2,00")));
  EXPECT_EQ(sample.delimiter, ';');
  EXPECT_EQ(sample.encoding, InputEncoding::utf8);
}

TEST_F(InputSampleTest, ConvertsOtherEncodings) {
  const Sample sample = sample_of("a.csv", "W\xE4hrung,Betrag\nEUR,5 \x80\n");
  EXPECT_EQ(sample.encoding, InputEncoding::windows1252);
  EXPECT_THAT(sample.header, ElementsAre("Währung", "Betrag"));
  EXPECT_EQ(sample.rows.at(0).at(1), "5 €");
}

TEST_F(InputSampleTest, LeavesOutRowsThatCannotBeRead) {
  EXPECT_THAT(sample_of("a.csv", "id,amount\nA\nB,2\n").rows, SizeIs(1));
}

TEST_F(InputSampleTest, LooksAtSoManyRowsAndNoMore) {
  std::string text = "id,amount\n";
  for (int i = 0; i < 5000; ++i) text += std::to_string(i) + ",1.00\n";
  EXPECT_THAT(sample_of("a.csv", text).rows, SizeIs(kSampleRows));
}

TEST_F(InputSampleTest, MakesColumnsOfThePathsOfNdjson) {
  const Sample sample = sample_of(
      "a.ndjson.gz", gzip("{\"id\":\"A\",\"amount\":{\"value\":1.50}}\n{\"id\":\"B\"}\n"));
  EXPECT_THAT(sample.header, ElementsAre("id", "amount.value"));
  EXPECT_THAT(sample.rows, ElementsAre(ElementsAre("A", "1.50"), ElementsAre("B", "")));
  EXPECT_EQ(sample.delimiter, std::nullopt);
}

TEST_F(InputSampleTest, WritesNumbersOfJsonWithoutTheirExponent) {
  const Sample sample = sample_of("a.ndjson",
                                  "{\"id\":\"1e2\",\"amount\":1.255E+1}\n"
                                  "{\"id\":\"B\",\"amount\":1e400}\n");
  EXPECT_THAT(sample.rows, ElementsAre(ElementsAre("1e2", "12.55"), ElementsAre("B", "1e400")));
  EXPECT_THAT(sample_of("a.csv", "id,amount\nA,1e2\n").rows, ElementsAre(ElementsAre("A", "1e2")));
}

TEST_F(InputSampleTest, SkipsAByteOrderMark) {
  EXPECT_THAT(sample_of("a.csv", "\xEF\xBB\xBFid,amount\n").header, ElementsAre("id", "amount"));
}

TEST_F(InputSampleTest, NeedsNoRows) {
  EXPECT_THAT(sample_of("a.csv", "id,amount").rows, IsEmpty());
}

TEST_F(InputSampleTest, SaysWhatCannotBeUsed) {
  EXPECT_THAT(refusal_of("a.csv", ""), HasSubstr("is empty"));
  EXPECT_THAT(refusal_of("a.csv", "id,id\n1,2\n"), HasSubstr("twice"));
  EXPECT_THAT(refusal_of("a.csv", "\xFF\xFEi\0d\0"), HasSubstr("UTF-16"));
  EXPECT_THAT(refusal_of("a.json", "[{\"id\":1}]\n"), HasSubstr("JSON array"));
}

}  // namespace
}  // namespace payferry
