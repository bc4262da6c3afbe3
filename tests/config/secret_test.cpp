#include "config/secret.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace payferry {
namespace {

template <typename T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};

TEST(Secret, CannotBeCopiedOrPrinted) {
  EXPECT_FALSE(std::is_copy_constructible_v<Secret>);
  EXPECT_FALSE(std::is_copy_assignable_v<Secret>);
  EXPECT_FALSE((std::is_convertible_v<Secret, std::string>));
  EXPECT_FALSE(Printable<Secret>);
}

TEST(Secret, MovesItsBytesAndLeavesNone) {
  for (const char* words : {"short", "a secret that is longer than any inline buffer"}) {
    const std::string text(words);
    Secret first(text);
    EXPECT_EQ(first.reveal(), text);
    const char* const left_behind = first.reveal().data();
    Secret second(std::move(first));
    EXPECT_EQ(second.reveal(), text);
    if (second.reveal().data() != left_behind) {
      EXPECT_EQ(std::string(left_behind, text.size()), std::string(text.size(), '\0'));
    }
    Secret third("another");
    third = std::move(second);
    EXPECT_EQ(third.reveal(), text);
  }
}

TEST(Secret, WipingOverwritesTheBytes) {
  std::string text = "geheim";
  const char* const bytes = text.data();
  wipe(text);
  EXPECT_TRUE(text.empty());
  EXPECT_EQ(std::string(bytes, 6), std::string(6, '\0'));
}

std::string masked(std::string text, std::string_view secret) {
  mask_secret(text, secret);
  return text;
}

std::string masked_one_by_one(std::string text, std::string_view secret) {
  for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at))
    text.replace(at, secret.size(), secret.size(), '*');
  return text;
}

constexpr std::string_view kToken = "pat-na1-abcdefab-cdef-abcd-efab-cdefabcdefab";

TEST(MaskSecret, FindsItAtEveryPlace) {
  for (const std::string_view secret : {kToken.substr(0, 8), kToken.substr(0, 9), kToken}) {
    for (std::size_t before = 0; before < 150; ++before) {
      for (const std::size_t behind : {0U, 1U, 7U, 8U, 100U}) {
        const std::string left(before, 'x');
        const std::string right(behind, 'y');
        const std::string text = left + std::string(secret) + right;
        ASSERT_EQ(masked(text, secret), left + std::string(secret.size(), '*') + right) << before;
      }
    }
  }
}

TEST(MaskSecret, FindsEachOfSeveral) {
  const std::string token(kToken);
  const std::string mask(token.size(), '*');
  EXPECT_EQ(masked(token + token + ", " + token, kToken), mask + mask + ", " + mask);
  EXPECT_EQ(masked("aaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaa"), "******************aaaaa");
  EXPECT_EQ(masked("abcabcabcabcabcabc", "abcabcabc"), "******************");
}

TEST(MaskSecret, LeavesWhatIsNotTheSecret) {
  const std::string token(kToken);
  for (std::size_t at = 0; at < token.size(); ++at) {
    std::string other = "say " + token + '.';
    other[4 + at] = '#';
    ASSERT_EQ(masked(other, kToken), other);
  }
  EXPECT_EQ(masked(token.substr(1), kToken), token.substr(1));
  EXPECT_EQ(masked("", kToken), "");
  EXPECT_EQ(masked("a word", "word"), "a word") << "too short to be a secret";
}

TEST(MaskSecret, MasksTextOfFewLettersAsASlowSearchDoes) {
  std::mt19937 random(3);
  for (int round = 0; round < 20'000; ++round) {
    const auto text_of = [&](std::size_t most) {
      std::string text(random() % (most + 1), 'a');
      for (char& letter : text) letter = static_cast<char>(letter + (random() % 16 == 0 ? 1 : 0));
      return text;
    };
    const std::string text = text_of(120);
    const std::string secret = text_of(8) + "aaaaaaaa";
    ASSERT_EQ(masked(text, secret), masked_one_by_one(text, secret)) << text << ' ' << secret;
  }
}

}  // namespace
}  // namespace payferry
