#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>

#include "loader/calls/call_context.hpp"
#include "loader/calls/call_crew.hpp"
#include "loader/verify/check_source.hpp"
#include "loader/verify/read_back.hpp"
#include "loader/verify/record_comparison.hpp"
#include "loader/verify/verify_ledger.hpp"

namespace payferry {

/// Reads a run's records back from HubSpot, many batches at once, and enters what comes of it. A
/// batch reads once from top to bottom: ask, compare, ask again what was not told, enter. Thread:
/// the network's.
class Verifier final : public BatchWork {
 public:
  /// All must outlive this.
  Verifier(CallContext& context, CheckSource& source, const RecordComparison& comparison,
           VerifyLedger& ledger)
      : context_(context), source_(source), comparison_(comparison), ledger_(ledger) {}

  bool has_room() const override;
  std::optional<boost::asio::awaitable<void>> next() override;

 private:
  boost::asio::awaitable<void> read_back(CheckBatch batch);
  boost::asio::awaitable<void> ask_all(ReadBack& progress);

  CallContext& context_;
  CheckSource& source_;
  const RecordComparison& comparison_;
  VerifyLedger& ledger_;
};

}  // namespace payferry
