#include "model/quote_index.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace payferry {
namespace {

/// The text stands at the end of its memory, so that a look beyond it is an error that the
/// sanitizer sees.
class Exact {
 public:
  explicit Exact(const std::string& text)
      : bytes_(std::make_unique<char[]>(text.size())), size_(text.size()) {
    std::copy(text.begin(), text.end(), bytes_.get());
  }
  std::string_view text() const { return {bytes_.get(), size_}; }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_;
};

std::ptrdiff_t find(const std::string& text) {
  const Exact exact(text);
  QuoteIndex index(exact.text());
  return index.find(exact.text().data()) - exact.text().data();
}

std::vector<std::size_t> places_of(std::string_view text) {
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"' || text[at] == '\\') places.push_back(at);
  }
  return places;
}

TEST(QuoteIndex, FindsTheFirstOneWhereverItIs) {
  for (std::size_t length = 0; length < 50; ++length) {
    EXPECT_EQ(find(std::string(length, 'x')), static_cast<std::ptrdiff_t>(length));
    for (std::size_t at = 0; at < length; ++at) {
      for (const char wanted : {'"', '\\'}) {
        std::string text(length, '\xDC');
        text[at] = wanted;
        if (at + 1 < length) text[at + 1] = '"';
        EXPECT_EQ(find(text), static_cast<std::ptrdiff_t>(at));
      }
    }
  }
}

TEST(QuoteIndex, TakesNoOtherByteForOne) {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const bool wanted = c == '"' || c == '\\';
    EXPECT_EQ(find(std::string(16, c)), wanted ? 0 : 16) << byte;
  }
}

/// Of lengths around those of a block and of a stretch, with few and many of what is looked for.
std::vector<std::string> sample_texts() {
  std::mt19937 random(5);
  std::vector<std::string> texts;
  for (const std::size_t size : {0U, 1U, 63U, 64U, 65U, 127U, 2047U, 2048U, 2049U, 5000U}) {
    for (const unsigned every : {1U, 2U, 5U, 15U, 300U}) {
      std::string& text = texts.emplace_back(size, 'x');
      for (char& byte : text) {
        if (random() % every == 0) byte = random() % 4 == 0 ? '\\' : '"';
      }
    }
  }
  return texts;
}

TEST(QuoteIndex, FindsOneAfterTheOther) {
  for (const std::string& sample : sample_texts()) {
    const Exact exact(sample);
    QuoteIndex index(exact.text());
    const char* const begin = exact.text().data();
    const char* at = begin;
    for (const std::size_t place : places_of(sample)) {
      ASSERT_EQ(index.find(at) - begin, static_cast<std::ptrdiff_t>(place));
      at = begin + place + 1;
    }
    ASSERT_EQ(index.find(at), begin + sample.size());
  }
}

TEST(QuoteIndex, FindsTheNextOneFromAnyPlaceOn) {
  for (const std::string& sample : sample_texts()) {
    for (const std::size_t step : {3U, 100U, 2500U}) {
      const Exact exact(sample);
      QuoteIndex index(exact.text());
      const char* const begin = exact.text().data();
      for (std::size_t at = 0; at <= sample.size(); at += step) {
        const std::size_t found = std::min(sample.find_first_of("\"\\", at), sample.size());
        ASSERT_EQ(index.find(begin + at) - begin, static_cast<std::ptrdiff_t>(found)) << at;
      }
    }
  }
}

TEST(QuoteIndex, GivesFourAtOnceWhereTheyStandInAStretch) {
  for (const std::string& sample : sample_texts()) {
    const Exact exact(sample);
    QuoteIndex index(exact.text());
    const char* const begin = exact.text().data();
    const auto places = places_of(sample);
    std::size_t at = 0;
    for (auto next = places.begin(); at < sample.size();) {
      const std::uint32_t* const four = index.four_from(begin + at);
      const auto in_stretch =
          std::lower_bound(next, places.end(), at + QuoteIndex::kStretch / 2) - next;
      const auto given = std::find(four, four + 4, QuoteIndex::kNone) - four;
      ASSERT_GE(given, std::min<std::ptrdiff_t>(in_stretch, 4)) << at;
      for (std::ptrdiff_t i = 0; i < given; ++i, ++next) {
        ASSERT_EQ(index.base() + four[i] - begin, static_cast<std::ptrdiff_t>(*next));
        at = *next + 1;
      }
      index.go_on_from(four + given);
      if (given == 0) at += QuoteIndex::kStretch / 2;
    }
  }
}

}  // namespace
}  // namespace payferry
