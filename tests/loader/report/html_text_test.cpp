#include "loader/report/html_text.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

TEST(HtmlText, CanNeitherEndATagNorAnAttribute) {
  EXPECT_EQ(html_text("<script>\"'&"), "&lt;script&gt;&quot;&#39;&amp;");
}

TEST(HtmlText, IsValidUtf8WithoutControlCharacters) {
  EXPECT_EQ(html_text("a\x01\xff\xC3\xA9"), "a \xEF\xBF\xBD\xC3\xA9");
}

}  // namespace
}  // namespace payferry
