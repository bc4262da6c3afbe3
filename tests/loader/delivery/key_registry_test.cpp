#include "loader/delivery/key_registry.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <unordered_map>

namespace payferry {
namespace {

std::string key_of(std::uint64_t number) {
  return "PAY-" + std::to_string(number);
}

void claim_all(KeyRegistry& registry, std::uint64_t first, std::uint64_t last) {
  for (std::uint64_t number = first; number <= last; ++number)
    registry.claim(key_of(number), RecordNumber(number));
}

TEST(KeyRegistry, TheFirstClaimOfAKeyIsNobodyElses) {
  KeyRegistry registry;
  EXPECT_EQ(registry.claim("a", RecordNumber(1)), std::nullopt);
  EXPECT_EQ(registry.claim("b", RecordNumber(2)), std::nullopt);
}

TEST(KeyRegistry, EveryLaterClaimNamesTheFirst) {
  KeyRegistry registry;
  registry.claim("a", RecordNumber(7));
  EXPECT_EQ(registry.claim("a", RecordNumber(8)), RecordNumber(7));
  EXPECT_EQ(registry.claim("a", RecordNumber(9)), RecordNumber(7));
}

TEST(KeyRegistry, RecordsMayHaveLowerNumbersThanEarlierOnesAndAnyDistance) {
  KeyRegistry registry;
  const auto far = RecordNumber(std::uint64_t{1} << 40);
  registry.claim("a", RecordNumber(70));
  registry.claim("b", RecordNumber(7));
  registry.claim("c", far);
  EXPECT_EQ(registry.claim("a", RecordNumber(71)), RecordNumber(70));
  EXPECT_EQ(registry.claim("b", RecordNumber(71)), RecordNumber(7));
  EXPECT_EQ(registry.claim("c", RecordNumber(71)), far);
}

/// Against a plain model, over more keys than are remembered, with many that come again.
TEST(KeyRegistry, RemembersAtLeastTheLastKeysAndAtMostTwiceAsMany) {
  constexpr std::uint64_t kRemembered = 50;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    std::mt19937_64 random(seed);
    KeyRegistry registry(kRemembered);
    struct Claimed {
      RecordNumber record;
      std::uint64_t ticket = 0;
    };
    std::unordered_map<std::string, Claimed> model;
    std::uint64_t tickets = 0;
    for (std::uint64_t number = 1; number <= 3000; ++number) {
      const std::string key = key_of(random() % (kRemembered * 4));
      const auto known = registry.claim(key, RecordNumber(number));
      const auto before = model.find(key);
      const std::uint64_t age = before == model.end() ? 0 : tickets - before->second.ticket;
      if (known) {
        ASSERT_NE(before, model.end()) << "seed " << seed << ", record " << number;
        EXPECT_EQ(*known, before->second.record) << "seed " << seed << ", record " << number;
        EXPECT_LT(age, 2 * kRemembered) << "seed " << seed << ", record " << number;
      } else {
        const bool must_know = before != model.end() && age < kRemembered;
        EXPECT_FALSE(must_know) << "seed " << seed << ", record " << number;
        model[key] = Claimed{RecordNumber(number), ++tickets};
      }
    }
  }
}

TEST(KeyRegistry, RemembersAsManyAsItPromisesByDefault) {
  KeyRegistry registry;
  claim_all(registry, 1, KeyRegistry::kRemembered * 3);
  const std::uint64_t oldest = KeyRegistry::kRemembered * 2 + 1;
  for (std::uint64_t number = oldest; number <= KeyRegistry::kRemembered * 3; ++number)
    ASSERT_EQ(registry.claim(key_of(number), RecordNumber(9'999'999)), RecordNumber(number));
}

/// Tables that are as full as they get, whose last keys go on at the beginning.
TEST(KeyRegistry, EveryKeyOfAFullTableIsItsOwn) {
  constexpr std::uint64_t kFullTable = 832;
  for (std::uint64_t table = 0; table < 100; ++table) {
    KeyRegistry registry(kFullTable);
    const auto key = [table](std::uint64_t number) { return key_of(table * 10'000 + number); };
    for (std::uint64_t number = 1; number <= kFullTable; ++number)
      ASSERT_EQ(registry.claim(key(number), RecordNumber(number)), std::nullopt) << table;
    for (std::uint64_t number = 1; number <= kFullTable; ++number)
      ASSERT_EQ(registry.claim(key(number), RecordNumber(9999)), RecordNumber(number)) << table;
  }
}

/// Also the one for which the table grows, or another generation begins.
TEST(KeyRegistry, KnowsAKeyAsSoonAsItIsClaimed) {
  KeyRegistry registry(5'000);
  for (std::uint64_t number = 1; number <= 100'000; ++number) {
    ASSERT_EQ(registry.claim(key_of(number), RecordNumber(number)), std::nullopt);
    ASSERT_EQ(registry.claim(key_of(number), RecordNumber(number + 1)), RecordNumber(number));
  }
}

TEST(KeyRegistry, IsCompleteUntilTheFirstKeyIsForgotten) {
  KeyRegistry registry(10);
  claim_all(registry, 1, 20);
  EXPECT_TRUE(registry.is_complete());
  claim_all(registry, 21, 21);
  EXPECT_FALSE(registry.is_complete());
  EXPECT_EQ(registry.claim(key_of(1), RecordNumber(22)), std::nullopt);
}

TEST(KeyRegistry, ClaimsOfAKnownKeyForgetNothing) {
  KeyRegistry registry(10);
  claim_all(registry, 1, 20);
  for (int round = 0; round < 5; ++round) claim_all(registry, 1, 20);
  EXPECT_TRUE(registry.is_complete());
}

TEST(KeyRegistry, OnceIncompleteItStaysSo) {
  KeyRegistry registry;
  registry.set_incomplete();
  claim_all(registry, 1, 5);
  EXPECT_FALSE(registry.is_complete());
}

}  // namespace
}  // namespace payferry
