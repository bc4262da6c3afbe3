#include "bench/compare/peer.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "bench/compare/peer_inputs.hpp"
#include "bench/load/load_run.hpp"

namespace payferry::bench {
namespace {

TEST(Peer, IsLeftOutWithAWordWhereItIsMissing) {
  EXPECT_FALSE(missing_program("sh"));
  EXPECT_EQ(missing_program("no-such-program"), "no-such-program is not installed");
}

TEST(Peer, FindsTheFilesOfItsFolder) {
  EXPECT_TRUE(std::filesystem::exists(peer_file("post_body.lua")));
  EXPECT_TRUE(std::filesystem::exists(peer_file("package-lock.json")));
}

TEST(RepeatableBody, IsAWholeBatchWithoutIds) {
  const ScratchFolder folder;
  const auto body = boost::json::parse(repeatable_body(folder));
  const auto& inputs = body.at("inputs").as_array();
  EXPECT_EQ(inputs.size(), 100U);
  EXPECT_FALSE(inputs[0].at("properties").as_object().contains("hs_external_reference_id"));
}

TEST(RepeatableBody, IsOfTheSizeOfTheBatchThatPayferrySends) {
  const ScratchFolder folder;
  write_peer_inputs(folder.file("inputs.ndjson"), 100);
  const std::size_t inputs_with_line_ends = read_file(folder.file("inputs.ndjson")).size();
  constexpr std::string_view kAround = R"({"inputs":[]})";
  EXPECT_EQ(repeatable_body(folder).size(), inputs_with_line_ends - 1 + kAround.size());
}

TEST(PeerInputs, AreTheMappedPaymentsOneALine) {
  const ScratchFolder folder;
  write_peer_inputs(folder.file("inputs.ndjson"), 3);
  const std::string lines = read_file(folder.file("inputs.ndjson"));
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 3);
  const auto first = boost::json::parse(lines.substr(0, lines.find('\n')));
  EXPECT_TRUE(first.at("properties").as_object().contains("hs_external_reference_id"));
}

TEST(Payferry, IsMeasuredAsAPeerToo) {
  const ScratchFolder folder;
  PeerWork work;
  work.csv = folder.file("payments.csv");
  work.records = 200;
  work.connections = 2;
  write_payments(work.csv, {.records = work.records});
  work.long_csv = work.csv;
  work.long_records = work.records;
  EXPECT_FALSE(payferry_peer().missing());
  EXPECT_EQ(payferry_peer().run(work, folder).records, 200U);
}

}  // namespace
}  // namespace payferry::bench
