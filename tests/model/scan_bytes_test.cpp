#include "model/scan_bytes.hpp"

#include <gtest/gtest.h>

#include <string>

namespace payferry {
namespace {

template <std::size_t kBytes>
void find_a_byte_at_every_place() {
  for (std::size_t at = 0; at < kBytes; ++at) {
    std::string text(kBytes, 'x');
    text[at] = ',';
    const ScanBytes<kBytes> bytes(text.data());
    EXPECT_EQ(bytes.equal_to(','), std::uint64_t{1} << at);
    EXPECT_EQ(bytes.equal_to('"', ',', '\\'), std::uint64_t{1} << at);
    EXPECT_EQ(bytes.equal_to('"', '\\'), 0U);
  }
}

TEST(ScanBytes, FindsAByteAtEveryPlace) {
  find_a_byte_at_every_place<16>();
  find_a_byte_at_every_place<48>();
  find_a_byte_at_every_place<64>();
}

TEST(ScanBytes, TellsEveryByteThatIsPlainOrControlOrInARange) {
  for (int code = 0; code < 256; ++code) {
    const std::string text(64, static_cast<char>(code));
    const std::uint64_t all = ~std::uint64_t{0};
    const ScanBytes<64> bytes(text.data());
    EXPECT_EQ(bytes.plain(), code >= 1 && code <= 127 ? all : 0) << code;
    EXPECT_EQ(bytes.control(), code < 0x20 ? all : 0) << code;
    EXPECT_EQ(bytes.in_range(0xC2, 0xDF), code >= 0xC2 && code <= 0xDF ? all : 0) << code;
    EXPECT_EQ(bytes.beyond_ascii(), code >= 0x80 ? all : 0) << code;
    EXPECT_EQ(bytes.equal_to(static_cast<char>(code)), all) << code;
    EXPECT_EQ(bytes.equal_to(static_cast<char>(code ^ 0x80), 'a', 'b'),
              code == 'a' || code == 'b' ? all : 0)
        << code;
  }
}

}  // namespace
}  // namespace payferry
