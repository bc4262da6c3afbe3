#include "config/byte_size_text.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

TEST(ByteSizeText, ReadsEveryUnit) {
  EXPECT_EQ(parse_byte_size("65536"), 65536U);
  EXPECT_EQ(parse_byte_size("100B"), 100U);
  EXPECT_EQ(parse_byte_size("512KiB"), 512U * 1024);
  EXPECT_EQ(parse_byte_size("1MiB"), 1024U * 1024);
  EXPECT_EQ(parse_byte_size("2GiB"), 2ULL * 1024 * 1024 * 1024);
}

TEST(ByteSizeText, RefusesWhatIsNoSizeOrLeavesItOpen) {
  for (const char* text :
       {"", "MiB", "1 MiB", "-1", "1.5MiB", "1MB", "1M", "1mib", "99999999999"}) {
    EXPECT_EQ(parse_byte_size(text), std::nullopt) << text;
  }
}

TEST(ByteSizeText, WritesWhatItReadsBack) {
  EXPECT_EQ(to_byte_size_text(1024 * 1024), "1MiB");
  EXPECT_EQ(to_byte_size_text(1536), "1536B");
  EXPECT_EQ(to_byte_size_text(0), "0B");
  for (const std::uint64_t bytes : {1U, 1023U, 1024U, 4096U, 1'048'577U}) {
    EXPECT_EQ(parse_byte_size(to_byte_size_text(bytes)), bytes);
  }
}

}  // namespace
}  // namespace payferry
