#include "model/property_pairing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sent_batch.hpp"

namespace payferry {
namespace {

using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

PropertyPairing pair(const SentBatch& batch, const std::vector<std::string>& properties) {
  std::vector<AnsweredRecord> results(properties.size());
  PropertyPairing pairing;
  for (std::size_t i = 0; i < properties.size(); ++i) {
    results[i].properties = properties[i];
    pairing.results.push_back(i);
  }
  for (std::size_t i = 0; i < batch.sent().size(); ++i) pairing.entries.push_back(i);
  pair_by_equal_properties(pairing, results, batch.sent());
  return pairing;
}

TEST(CanonicalValue, SpellingsOfOneValueAreEqual) {
  EXPECT_EQ(canonical_value("1.50"), canonical_value("1.5"));
  EXPECT_EQ(canonical_value("007"), canonical_value("7"));
  EXPECT_EQ(canonical_value("0.00"), canonical_value("-0"));
  EXPECT_EQ(canonical_value("0.5"), "0.5");
  EXPECT_EQ(canonical_value("100"), "100");
  EXPECT_EQ(canonical_value(" A@B.c"), canonical_value("a@b.C "));
  EXPECT_EQ(canonical_value("2024-03-27T18:04:11.823Z"),
            canonical_value("2024-03-27T18:04:11.823000Z"));
  EXPECT_EQ(canonical_value("2024-03-27T18:04:11.823Z"), canonical_value("1711562651823"));
}

TEST(CanonicalValue, DifferentValuesAreNot) {
  EXPECT_NE(canonical_value("1.5"), canonical_value("1.05"));
  EXPECT_NE(canonical_value("-1"), canonical_value("1"));
  EXPECT_NE(canonical_value("1."), canonical_value("1"));
  EXPECT_NE(canonical_value("a b"), canonical_value("ab"));
  EXPECT_EQ(canonical_value("2024-03-27Tnonsense"), "2024-03-27tnonsense");
  EXPECT_EQ(canonical_value("-"), "-");
  EXPECT_EQ(canonical_value(""), "");
}

TEST(PropertyPairing, ARecordWithFewerPropertiesIsNotTakenForOneWithMore) {
  const SentBatch batch = SentBatch().keyless(R"({"a":"1"})").keyless(R"({"a":"1","b":"2"})");
  const PropertyPairing pairing = pair(batch, {R"({"a":"1","b":"2"})", R"({"a":"1","b":null})"});
  EXPECT_THAT(pairing.pairs, UnorderedElementsAre(Pair(0U, 1U), Pair(1U, 0U)));
}

TEST(PropertyPairing, ACompatibleResultIsTakenOnlyWhereItIsTheOnlyOne) {
  const SentBatch one = SentBatch().keyless(R"({"a":"1","b":"2"})");
  EXPECT_THAT(pair(one, {R"({"a":"1"})"}).pairs, UnorderedElementsAre(Pair(0U, 0U)));
  EXPECT_THAT(pair(one, {R"({"a":"1"})", R"({"b":"2"})"}).pairs, IsEmpty());
  EXPECT_THAT(pair(one, {R"({"a":"1","b":"3"})"}).pairs, IsEmpty());
  EXPECT_THAT(pair(one, {R"({"c":"1"})"}).pairs, IsEmpty());
  const SentBatch two = SentBatch().keyless(R"({"a":"1","b":"2"})").keyless(R"({"a":"1","b":"3"})");
  EXPECT_THAT(pair(two, {R"({"a":"1"})"}).pairs, IsEmpty());
}

TEST(PropertyPairing, MoreEqualResultsThanEntriesPairNobody) {
  const SentBatch batch = SentBatch().keyless(R"({"a":"1"})");
  EXPECT_THAT(pair(batch, {R"({"a":"1"})", R"({"a":"1"})"}).pairs, IsEmpty());
}

TEST(PropertyPairing, EntriesThatDifferInAssociationsAreDoneButUnnamed) {
  const SentBatch batch =
      SentBatch().keyless(R"({"a":"1"})", R"({"to":1})").keyless(R"({"a":"1"})", R"({"to":2})");
  const PropertyPairing pairing = pair(batch, {R"({"a":"1"})", R"({"a":"1"})"});
  EXPECT_THAT(pairing.pairs, IsEmpty());
  EXPECT_THAT(pairing.unnamed_entries, UnorderedElementsAre(0U, 1U));
  EXPECT_THAT(pairing.unnamed_results, UnorderedElementsAre(0U, 1U));
}

}  // namespace
}  // namespace payferry
