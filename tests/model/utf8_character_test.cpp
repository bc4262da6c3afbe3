#include "model/utf8_character.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace payferry {
namespace {

std::string written(char32_t character) {
  std::string out = "x";
  append_utf8(out, character);
  return out.substr(1);
}

TEST(Utf8Character, IsWrittenInAsFewBytesAsItNeeds) {
  struct Case {
    char32_t character;
    std::string_view bytes;
  };
  using namespace std::string_view_literals;
  for (const auto& [character, bytes] :
       {Case{0, "\0"sv}, Case{'a', "a"}, Case{0x7F, "\x7F"}, Case{0x80, "\xC2\x80"},
        Case{0x7FF, "\xDF\xBF"}, Case{0x800, "\xE0\xA0\x80"}, Case{0x20AC, "€"},
        Case{0xFFFF, "\xEF\xBF\xBF"}, Case{0x10000, "\xF0\x90\x80\x80"}, Case{0x1F600, "😀"},
        Case{0x10FFFF, "\xF4\x8F\xBF\xBF"}}) {
    EXPECT_EQ(written(character), bytes) << std::hex << static_cast<unsigned>(character);
  }
}

}  // namespace
}  // namespace payferry
