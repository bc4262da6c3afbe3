#include "model/piece_writer.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

namespace payferry {
namespace {

using namespace std::string_literals;

TEST(PieceWriter, AppendsItsPiecesInTheirOrder) {
  std::string out = "before ";
  PieceWriter pieces(out);
  pieces.put("record ");
  pieces.put_number(42);
  pieces.put("");
  pieces.put(" is ");
  pieces.put_json_string("plain");
  pieces.put_json_string("\"quoted\"");
  pieces.put("!");
  pieces.flush();
  pieces.flush();
  EXPECT_EQ(out, R"(before record 42 is "plain""\"quoted\""!)");
}

TEST(PieceWriter, TakesPiecesOfEverySizeAtEveryPlace) {
  for (std::size_t before = 0; before < 300; ++before) {
    for (const std::size_t size : {0U, 1U, 19U, 20U, 21U, 255U, 256U, 257U, 1000U}) {
      std::string out;
      PieceWriter pieces(out);
      std::string expected;
      for (std::size_t i = 0; i < before; ++i) pieces.put("x");
      expected.append(before, 'x');
      pieces.put(std::string(size, 'y'));
      expected.append(size, 'y');
      pieces.put_number(std::numeric_limits<std::uint64_t>::max());
      expected += "18446744073709551615";
      pieces.put_json_string(std::string(size, 'z'));
      expected += '"' + std::string(size, 'z') + '"';
      pieces.flush();
      ASSERT_EQ(out, expected) << before << ' ' << size;
    }
  }
}

TEST(PieceWriter, EscapesWhatJsonDoesNotTake) {
  std::string out;
  PieceWriter pieces(out);
  pieces.put("a long line before: ");
  pieces.put_json_string("\x01 tab\t, back\\slash, é"s);
  pieces.flush();
  EXPECT_EQ(out, "a long line before: \"\\u0001 tab\\t, back\\\\slash, é\"");
}

}  // namespace
}  // namespace payferry
