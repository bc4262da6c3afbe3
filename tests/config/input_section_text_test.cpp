#include "config/input_section_text.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

TEST(InputSectionText, IsEmptyWhereTheDefaultsDo) {
  Sample sample;
  sample.delimiter = ',';
  EXPECT_EQ(input_section(sample), "");
}

TEST(InputSectionText, SaysWhatDiffers) {
  Sample sample;
  sample.delimiter = '\t';
  sample.encoding = InputEncoding::windows1252;
  EXPECT_EQ(input_section(sample), "[input]\ndelimiter = \"\\t\"\nencoding = \"windows-1252\"\n");
  sample.delimiter.reset();
  sample.encoding = InputEncoding::latin1;
  EXPECT_EQ(input_section(sample), "[input]\nformat = \"ndjson\"\nencoding = \"latin1\"\n");
}

}  // namespace
}  // namespace payferry
