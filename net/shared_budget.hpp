#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "config/settings.hpp"
#include "net/budget.hpp"

namespace payferry {

class BudgetFile;
class SendRing;

/// What names the budget of a token at a host, without telling the token: a hash keyed by this
/// machine's id. 32 hexadecimal digits.
std::string budget_fingerprint(std::string_view token, std::string_view host);

/// Where this user's processes meet: $XDG_RUNTIME_DIR/payferry or /tmp/payferry-UID. Made with mode
/// 0700 where it is missing. Empty if it cannot be made, or somebody else could write there.
std::filesystem::path budget_directory();

/// The budget of all payferry processes of this user on this machine with the same token and host.
/// It lives in a small mapped file under a lock, outlives each of them (a run that is killed and
/// resumed knows what it sent), and drops what a process promised as soon as that process is gone.
/// Thread: the network's. A lock is held for microseconds.
class SharedBudget final : public Budget {
 public:
  /// Rules with more requests than this do not fit.
  static constexpr std::uint32_t kMostRequests = 1000;

  /// Nothing if the file cannot be used; then a process counts for itself.
  static std::unique_ptr<SharedBudget> open(const std::filesystem::path& directory,
                                            const std::string& fingerprint, SteadyPoint now);
  ~SharedBudget() override;

  Leave look(SteadyPoint now, std::span<const WindowRule> rules) override;
  Leave reserve(SteadyPoint now, std::span<const WindowRule> rules) override;
  void sent(SteadyPoint now) override;
  void give_back() override;
  void sent_again(SteadyPoint now) override;
  std::uint32_t sends_between(SteadyPoint from, SteadyPoint to) override;

 private:
  SharedBudget(std::unique_ptr<BudgetFile> file, SteadyPoint now);

  Leave look_locked(SteadyPoint now, std::span<const WindowRule> rules);
  void drop_promises_of_the_dead();
  std::uint32_t& own_promised();

  std::unique_ptr<BudgetFile> file_;
  SendRing& ring_;
};

/// The budget for a run: shared where that is possible, else nothing, which is this process's own.
/// `host` is the authority of base_url, with the port.
std::unique_ptr<Budget> shared_budget(const LimitSettings& limits, std::string_view token,
                                      std::string_view host, SteadyPoint now);

}  // namespace payferry
