#include "bench/harness/document.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "bench/harness/scratch_folder.hpp"

namespace payferry::bench {
namespace {

constexpr const char* kDocument =
    "before\n<!-- measured: speed -->\nold\n<!-- end -->\nbetween\n"
    "<!-- measured: memory -->\nold too\n<!-- end -->\nafter\n";

TEST(Document, GetsWhatWasMeasuredAndKeepsTheRest) {
  EXPECT_EQ(with_measured(kDocument, {{"speed", "| 9 |\n"}, {"elsewhere", "| 1 |\n"}}),
            "before\n<!-- measured: speed -->\n\n| 9 |\n\n<!-- end -->\nbetween\n"
            "<!-- measured: memory -->\nold too\n<!-- end -->\nafter\n");
}

TEST(Document, IsTheSameWhenItIsWrittenAgain) {
  const MeasuredBlocks blocks{{"speed", "| 9 |\n"}, {"memory", "| 8 |\n"}};
  const std::string once = with_measured(kDocument, blocks);
  EXPECT_EQ(with_measured(once, blocks), once);
}

TEST(Document, MustEndItsBlocks) {
  EXPECT_THROW(with_measured("<!-- measured: speed -->\n", {{"speed", ""}}), std::runtime_error);
}

TEST(Document, IsUpdatedInItsFile) {
  const ScratchFolder folder;
  const auto path = folder.write("page.md", kDocument);
  update_document(path, {{"memory", "| 8 |\n"}});
  EXPECT_EQ(read_file(path), with_measured(kDocument, {{"memory", "| 8 |\n"}}));
}

TEST(Document, OfThisProjectHasBlocksForEverySection) {
  const std::string page = read_file(PAYFERRY_SOURCE_DIR "/docs/performance.md");
  for (const char* const name :
       {"the same payments by other programs", "payferry load, the whole program",
        "cost of a record as the work grows", "limits of this machine",
        "parts, one thread, from memory", "instructions"}) {
    EXPECT_NE(with_measured(page, {{name, "here\n"}}).find("\nhere\n"), page.npos) << name;
  }
  const std::string readme = read_file(PAYFERRY_SOURCE_DIR "/README.md");
  EXPECT_NE(with_measured(readme, {{"summary", "here\n"}}).find("\nhere\n"), readme.npos);
}

}  // namespace
}  // namespace payferry::bench
