#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bench/simulator/core/account.hpp"
#include "bench/simulator/core/api_error.hpp"
#include "bench/simulator/core/ledger.hpp"
#include "bench/simulator/core/route.hpp"
#include "bench/simulator/core/simulated_exchange.hpp"
#include "bench/simulator/core/simulator_switches.hpp"
#include "bench/simulator/core/statistics.hpp"

namespace payferry::simulator {

/// What an endpoint answers, before faults and limits have their say.
struct Response {
  int status = 200;
  std::string body;
  std::string_view content_type = kJson;
};

/// One record of a write is left out of both lists of the answer.
enum class Omission { none, written, unwritten };

/// What an endpoint needs to know besides the request itself. Lives as long as the call.
struct CallContext {
  Account& account;
  const SimulatorSwitches& switches;
  Random& random;
  Ledger& ledger;
  Statistics& statistics;
  Instant now;            ///< HubSpot's clock
  Instant completed_at;   ///< when the answer goes out
  std::uint64_t request;  ///< its number, from 1
  std::string correlation_id;
  ApiVersion version;
  Omission omission = Omission::none;
  bool keep_properties = true;
  bool keep_ledger = true;

  Response refuse(const ApiError& error) const {
    return {error.status, error_body(error, correlation_id)};
  }
  /// Enters what was done to a record into ledger and statistics.
  void note(LedgerAction action, const ObjectType& type, const Record& record);
  void note_association(const ObjectType& from, std::uint64_t from_id, std::string_view to_object,
                        std::string_view to_id, std::uint32_t type_id);
};

}  // namespace payferry::simulator
