#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bench/simulator/server/simulator_server.hpp"
#include "loader/report/summary.hpp"
#include "loader/run/outcome_line.hpp"
#include "process/child_process.hpp"

namespace payferry::test {

/// The real payferry against a simulated HubSpot over real TLS, in a folder of its own.
class LoadFixture : public testing::Test {
 protected:
  LoadFixture();
  ~LoadFixture() override;

  /// To be called once `simulator_` was set up; called again, another HubSpot takes its place.
  void start_simulator();
  /// Lets `use` at the simulated HubSpot while it runs.
  void with_hubspot(const std::function<void(simulator::SimulatedHubSpot&)>& use) {
    server_->with_hubspot(use);
  }

  /// Payments that stand there, archived ones not counted.
  std::size_t in_hubspot();
  /// Each write is answered so much later from now on.
  void answer_after(std::chrono::milliseconds time);
  /// Every request fails by `fault` from now on, until HubSpot is mended.
  void break_hubspot(simulator::Fault fault);
  void mend_hubspot();
  /// Bounded by the process: throws where that ends before.
  static void wait_until(ChildProcess& process, const std::function<bool()>& reached);

  std::string base_url() const { return server_->base_url(); }

  std::filesystem::path file(const std::string& name) const { return folder_ / name; }
  void write(const std::string& name, const std::string& content) const;
  std::string read(const std::string& name) const;
  /// Writes payments.csv: `records` generated payments, `bad_share` of them with a defect.
  void write_payments(std::uint64_t records, double bad_share = 0) const;
  /// Writes payments.toml: the usual config with `more` behind it, with base_url and ca_file of the
  /// simulator.
  void write_config(const std::string& properties, const std::string& more = "") const;

  ProcessResult payferry(const std::vector<std::string>& arguments);
  std::unique_ptr<ChildProcess> start_payferry(const std::vector<std::string>& arguments,
                                               std::optional<int> standard_input = {});
  /// Any program, in the environment and folder of payferry.
  std::unique_ptr<ChildProcess> start(const std::filesystem::path& program,
                                      const std::vector<std::string>& arguments,
                                      std::optional<int> standard_input = {});
  /// `load` of payments.toml and payments.csv into the folder "run", without progress.
  ProcessResult load(const std::vector<std::string>& more = {});
  std::vector<std::string> load_arguments(const std::vector<std::string>& more = {}) const;

  Summary summary() const;
  /// By record number; a failure of the test where one stands twice or a line cannot be read.
  std::map<std::uint64_t, OutcomeLine> outcomes() const;

  simulator::ServerOptions simulator_;
  std::map<std::string, std::string> environment_{{"HUBSPOT_TOKEN", "test-token"}};

 private:
  std::filesystem::path folder_;
  std::unique_ptr<simulator::SimulatorServer> server_;
};

/// The text with its lines joined, as if it had not been wrapped.
std::string unwrapped(std::string text);

/// Properties of the generated payments and of the small files in these tests: id, amount, created,
/// currency, status.
inline constexpr const char* kPaymentProperties = R"(
hs_external_reference_id = { from = "id" }
hs_initial_amount        = { from = "amount", type = "decimal" }
hs_initiated_date        = { from = "created", type = "datetime" }
hs_currency_code         = { from = "currency" }
hs_latest_status         = { from = "status" }
)";

}  // namespace payferry::test
