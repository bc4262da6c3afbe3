#include <gmock/gmock.h>

#include <set>
#include <sstream>

#include "process/load_fixture.hpp"

namespace payferry::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr std::uint64_t kRecords = 4000;

/// payferry and payferry-sim as processes of a network namespace of their own, whose loopback
/// really breaks. What waits gives up after a while.
constexpr const char* kPrologue = R"(
PATH=/usr/sbin:/usr/bin:/sbin:/bin
ip link set lo up || exit 77
"$SIM" --ready-file url --ca-file ca.pem --token test-token --unthrottled --latency 150ms \
  --ledger ledger >sim.out 2>&1 & sim=$!
load=
trap 'kill $sim $load 2>/dev/null' EXIT
wait_for() {
  tries=0
  until eval "$1"; do
    tries=$((tries + 1))
    [ $tries -lt 1500 ] || { echo "waited in vain for $1"; exit 70; }
    sleep 0.02
  done
}
wait_for '[ -s url ]'
sed "s|@URL@|$(cat url)|" payments.in >payments.toml
"$LOAD" load -c payments.toml --run-dir run --progress none payments.csv & load=$!
)";
constexpr const char* kEpilogue = R"(
wait $load; echo "load $?"
kill $sim; wait $sim; exit 0
)";

class PartitionTest : public LoadFixture {
 protected:
  void SetUp() override {
    write_payments(kRecords);
    write("payments.in",
          "[hubspot]\nbase_url = \"@URL@\"\nca_file = \"ca.pem\"\n"
          "id_property = \"hs_external_reference_id\"\n"
          "[limits]\nconnections = 4\n"
          "[retry]\nrequest_timeout = \"1s\"\nsettle_after = \"300ms\"\nbase = \"20ms\"\n"
          "cap = \"200ms\"\n[properties]\n" +
              std::string(kPaymentProperties));
  }

  /// Runs the lines while the load is under way; nothing where there is no such namespace.
  std::optional<ProcessResult> while_loading(const std::string& lines) {
    const std::filesystem::path binaries(PAYFERRY_BINARY_DIR);
    environment_["SIM"] = (binaries / "bench/payferry-sim").string();
    environment_["LOAD"] = (binaries / "loader/payferry").string();
    const auto shell = start("/usr/bin/unshare", {"--net", "--map-root-user", "/bin/sh", "-c",
                                                  kPrologue + lines + kEpilogue});
    auto result = shell->wait(120s);
    if (!result) throw std::runtime_error("the load did not end in time");
    const bool possible = result->exit_code != 77 && !result->err.starts_with("unshare:");
    return possible ? result : std::nullopt;
  }

  void expect_each_record_once() {
    std::istringstream ledger(read("ledger"));
    std::set<std::string> keys;
    for (std::string line; std::getline(ledger, line);) {
      EXPECT_THAT(line, HasSubstr("\"action\":\"created\""));
      const auto key = line.substr(line.find("\"key\":"), 28);
      EXPECT_TRUE(keys.insert(key).second) << "twice: " << line;
    }
    EXPECT_EQ(keys.size(), kRecords);
    const auto all = outcomes();
    EXPECT_EQ(all.size(), kRecords);
    for (const auto& [number, line] : all)
      EXPECT_EQ(line.outcome.status, OutcomeStatus::created) << number;
  }
};

TEST_F(PartitionTest, AfterAPartitionWhatWasUnderWayIsLookedUp) {
  const auto result = while_loading(
      "wait_for '[ -s run/outcomes.ndjson ]'\n"
      "ip link set lo down\n"
      "wait_for 'grep -q \"gave no whole answer\" run/attempts.ndjson'\n"
      "ip link set lo up\n");
  if (!result) GTEST_SKIP() << "no network namespace here";
  EXPECT_THAT(result->out, HasSubstr("load 0\n")) << result->err;
  EXPECT_THAT(result->out, Not(HasSubstr(" 0 looked up")));
  expect_each_record_once();
}

/// A token bucket with next to no queue drops what does not fit at once.
TEST_F(PartitionTest, ALineThatIsNarrowAndLosesPacketsIsLivedWith) {
  const auto result = while_loading(
      "tc qdisc add dev lo root tbf rate 20mbit burst 64kb latency 2ms || exit 77\n"
      "wait_for '[ -s run/summary.json ]'\n"
      "tc -s qdisc show dev lo\n");
  if (!result) GTEST_SKIP() << "no network namespace here, or no tc";
  EXPECT_THAT(result->out, HasSubstr("load 0\n")) << result->err;
  EXPECT_THAT(result->out, testing::ContainsRegex("dropped [1-9]")) << "nothing was lost";
  expect_each_record_once();
}

}  // namespace
}  // namespace payferry::test
