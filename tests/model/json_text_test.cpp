#include "model/json_text.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <random>
#include <vector>

namespace payferry {
namespace {

std::string json(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

TEST(JsonText, PutsPlainTextBetweenQuotes) {
  EXPECT_EQ(json(""), R"("")");
  EXPECT_EQ(json("536365"), R"("536365")");
  EXPECT_EQ(json("Zürich – 東京 🙂"), "\"Zürich – 東京 🙂\"");
}

TEST(JsonText, EscapesWhatJsonMustEscape) {
  EXPECT_EQ(json("a\"b\\c"), R"("a\"b\\c")");
  EXPECT_EQ(json("\b\f\n\r\t"), R"("\b\f\n\r\t")");
  EXPECT_EQ(json(std::string_view("\0\x01\x1f", 3)), "\"\\u0000\\u0001\\u001f\"");
  EXPECT_EQ(json("\x7f / \xE2\x80\xA8"), "\"\x7f / \xE2\x80\xA8\"");
}

TEST(JsonText, FindsOneByteToEscapeAtEveryPlaceOfALongText) {
  for (int byte = 0; byte < 0x80; ++byte) {
    for (std::size_t at = 0; at < 20; ++at) {
      std::string text(20, 'x');
      text[at] = static_cast<char>(byte);
      ASSERT_EQ(boost::json::parse(json(text)).as_string(), text)
          << "byte " << byte << " at " << at;
    }
  }
}

TEST(JsonText, LooksAtNothingBeyondTheText) {
  // Memory of exactly the text's size: the sanitizer sees a read outside it.
  for (std::size_t size = 1; size < 20; ++size) {
    const std::vector<char> text(size, 'x');
    ASSERT_EQ(json({text.data(), size}), '"' + std::string(size, 'x') + '"');
  }
}

TEST(JsonText, IsReadBackAsItWasForRandomText) {
  std::mt19937 random(3);
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (std::size_t left = random() % 40; left > 0; --left) {
      const auto pick = random() % 8;
      if (pick == 0)
        text += "é";
      else if (pick == 1)
        text += "\xF0\x9F\x98\x80";
      else if (pick == 2)
        text += static_cast<char>(random() % 0x20);
      else
        text += static_cast<char>(random() % 0x80);
    }
    const std::string written = json(text);
    ASSERT_EQ(boost::json::parse(written).as_string(), text) << written;
  }
}

}  // namespace
}  // namespace payferry
