#include "source_fuzz.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

namespace payferry {
namespace {

using namespace std::string_literals;

const std::vector<std::string>& fragments() {
  static const std::vector<std::string> all = {
      ",",
      "\"",
      "\"\"",
      "\n",
      "\r\n",
      "\r",
      " ",
      "\t",
      "a",
      "1.50",
      "caf\xC3\xA9",
      "\xE9",
      "\0"s,
      "{",
      "}",
      "{\"a\":",
      "{\"a\":{\"b\":1}}",
      "[",
      "]",
      ":",
      "null",
      "\\u00e9",
      "\\",
      "-0.1e5",
      "x,y\n",
      "\"x\ny\",z\n",
      "\n\n",
      "a,b\n",
      "\"a\",\"b\"\r\n",
      std::string(50, 'w'),
  };
  return all;
}

std::string random_text(std::mt19937_64& random, std::size_t pieces) {
  std::string text = random() % 4 == 0 ? "\xEF\xBB\xBF" : "";
  if (random() % 2 == 0) text += random() % 2 == 0 ? "a,b\n" : "a,b\r\n";
  while (pieces-- > 0) text += fragments()[random() % fragments().size()];
  return text;
}

TEST(SourceFuzz, ReadsWhateverComesTheSameInWhateverPieces) {
  const char* const runs = std::getenv("PAYFERRY_FUZZ_RUNS");
  const int count = runs != nullptr ? std::atoi(runs) : 2000;
  for (int seed = 0; seed < count; ++seed) {
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    const std::string text = random_text(random, 1 + random() % 40);
    ASSERT_NO_THROW(read_any_bytes(text))
        << "seed " << seed << ": " << testing::PrintToString(text);
  }
}

TEST(SourceFuzz, ReadsEveryBeginningOfAFile) {
  const std::string csv =
      "a,\"b\"\r\n1,\"x \"\"y\"\"\nz\"\n\r\n2,caf\xC3\xA9\r3,\"\"\n4\n\"5\"x,\"6\n";
  const std::string ndjson =
      "{\"a\":{\"b\":\"x\\u00e9\"},\"c\":[1.50,{}]}\r\n\n{\"a\":1,}\n{\"a\":\"caf\xC3\xA9\"}";
  for (const std::string& text : {csv, ndjson}) {
    for (std::size_t length = 0; length <= text.size(); ++length) {
      ASSERT_NO_THROW(read_any_bytes(text.substr(0, length))) << length;
    }
  }
}

}  // namespace
}  // namespace payferry
