#pragma once

#include <string>
#include <vector>

#include "process/load_fixture.hpp"

namespace payferry::test {

/// A run that has been loaded, to be verified or undone.
class AfterLoadFixture : public LoadFixture {
 protected:
  /// Starts the simulator, writes config and payments, and loads them.
  ProcessResult load_payments(std::uint64_t records, double bad_share = 0);

  ProcessResult verify(const std::vector<std::string>& more = {});
  ProcessResult undo(const std::vector<std::string>& more = {"--yes"});

  /// As another user of the account.
  void change_in_hubspot(const std::string& id, const std::string& property,
                         const std::string& value);
  void archive_in_hubspot(const std::string& id);
  /// That were ever created there.
  std::size_t made_payments();

 private:
  void call_hubspot(const std::string& target, const std::string& body);
};

}  // namespace payferry::test
