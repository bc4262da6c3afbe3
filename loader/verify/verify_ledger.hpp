#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "loader/run/append_file.hpp"
#include "loader/run/run_directory.hpp"
#include "loader/verify/check_batch.hpp"
#include "loader/verify/finding.hpp"
#include "loader/verify/verify_state.hpp"
#include "net/time.hpp"

namespace payferry {

/// The books of a verify, and its files: what differs, in the order of the source, and how far it
/// has come, so that a stopped one goes on. Batches may end in any order; they are entered in
/// theirs. The disk is waited for here: there is little to write, and the quota bounds the pace.
/// Thread: the network's.
class VerifyLedger {
 public:
  /// Goes on from `state`, or begins where that is new. `directory` and `time` must outlive this.
  /// `file_names`: by InputIndex, empty for one input. Throws DiskFailure.
  VerifyLedger(const RunDirectory& directory, Time& time, VerifyState state,
               std::vector<std::string> file_names);

  /// A batch was read back. `findings` by place in the batch; `held` as ReadBack::held.
  void enter(const CheckBatch& batch, const std::vector<Finding>& findings,
             const ControlTotals& held);
  /// Batches that wait for an earlier one.
  std::size_t waiting() const { return waiting_.size(); }

  VerifyState& state() { return state_; }
  const VerifyState& state() const { return state_; }
  /// Makes durable what was entered.
  void save();

 private:
  struct Page {
    CheckPosition end;
    Tally source;
    ControlTotals held;
    std::vector<FindingKind> kinds;
    std::string lines;
  };

  void fold(const Page& page);

  const RunDirectory& directory_;
  Time& time_;
  VerifyState state_;
  std::vector<std::string> file_names_;
  AppendFile findings_;
  std::map<std::uint64_t, Page> waiting_;
  std::uint64_t next_ = 1;
  SteadyPoint saved_at_;
};

}  // namespace payferry
