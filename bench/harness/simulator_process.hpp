#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bench/harness/child.hpp"
#include "bench/harness/scratch_folder.hpp"

namespace payferry::bench {

/// What a simulated HubSpot counted.
struct SimulatorCounts {
  std::uint64_t requests = 0;
  std::uint64_t throttled = 0;
  std::uint64_t created = 0;
  std::uint64_t connections = 0;
  std::uint64_t handshakes = 0;
  std::uint64_t looked_up = 0;                       ///< batch reads
  std::map<std::string, std::uint64_t> faults = {};  ///< by name; those that happened
};

/// payferry-sim as a process of its own, so that what the loader takes is the loader's alone.
class SimulatorProcess {
 public:
  /// As long as a private app's, which is looked for in each answer.
  static constexpr const char* kToken = "pat-na1-abcdefab-cdef-abcd-efab-cdefabcdefab";

  /// `folder` must outlive this. Returns once the server listens. Throws std::runtime_error.
  SimulatorProcess(const ScratchFolder& folder, std::vector<std::string> options);

  const std::string& base_url() const { return base_url_; }
  std::filesystem::path ca_file() const;
  /// The batch create endpoint of payments.
  std::string create_url() const;

  /// Ends it.
  SimulatorCounts stop();

 private:
  const ScratchFolder& folder_;
  std::unique_ptr<Child> child_;
  std::string base_url_;
};

}  // namespace payferry::bench
