#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "fuzz/fuzz_target.hpp"

namespace payferry::fuzz {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> seeds_of(const FuzzTarget& target) {
  const fs::path folder = fs::path(PAYFERRY_SOURCE_DIR) / "tests/fuzz/corpus" / target.name;
  std::vector<fs::path> seeds;
  for (const auto& entry : fs::directory_iterator(folder)) seeds.push_back(entry.path());
  std::sort(seeds.begin(), seeds.end());
  return seeds;
}

class FuzzCorpus : public testing::TestWithParam<FuzzTarget> {};

TEST_P(FuzzCorpus, HoldsWhatMustHoldForAnyBytes) {
  const auto seeds = seeds_of(GetParam());
  ASSERT_FALSE(seeds.empty());
  for (const fs::path& seed : seeds) {
    EXPECT_NO_THROW(GetParam().try_bytes(read(seed))) << seed.filename();
  }
}

TEST_P(FuzzCorpus, HoldsItForEveryBeginningOfASeed) {
  for (const fs::path& seed : seeds_of(GetParam())) {
    const std::string bytes = read(seed);
    const std::size_t step = 1 + bytes.size() / 100;
    for (std::size_t length = 0; length < bytes.size(); length += step) {
      EXPECT_NO_THROW(GetParam().try_bytes(std::string_view(bytes).substr(0, length)))
          << seed.filename() << " cut at " << length;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Targets, FuzzCorpus,
                         testing::ValuesIn(fuzz_targets().begin(), fuzz_targets().end()),
                         [](const auto& target) { return std::string(target.param.name); });

TEST(FuzzTargets, AreFoundByName) {
  EXPECT_EQ(fuzz_target("csv").name, "csv");
  EXPECT_THROW(fuzz_target("cvs"), std::out_of_range);
}

}  // namespace
}  // namespace payferry::fuzz
