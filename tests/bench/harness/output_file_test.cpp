#include "bench/harness/output_file.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "bench/harness/scratch_folder.hpp"

namespace payferry::bench {
namespace {

TEST(OutputFile, HoldsAllThatWasWrittenInPieces) {
  const ScratchFolder folder;
  const auto path = folder.file("output");
  const std::string piece(700'000, 'x');
  OutputFile file(path.string());
  for (int count = 0; count < 3; ++count) {
    file.text() += piece;
    file.write_if_large();
  }
  file.write();
  EXPECT_EQ(read_file(path), piece + piece + piece);
}

TEST(OutputFile, TellsWhatCannotBeWritten) {
  EXPECT_THROW(OutputFile("/there/is/no/such/folder/file"), std::runtime_error);
  OutputFile full("/dev/full");
  full.text() = "x";
  EXPECT_THROW(full.write(), std::runtime_error);
}

}  // namespace
}  // namespace payferry::bench
