#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/simulator/core/account_clock.hpp"
#include "bench/simulator/core/object_type.hpp"
#include "bench/simulator/core/random.hpp"
#include "bench/simulator/core/record_store.hpp"
#include "bench/simulator/core/simulator_options.hpp"

namespace payferry::simulator {

/// An object type and its records.
struct ObjectData {
  ObjectData(std::unique_ptr<ObjectType> the_type, std::uint64_t first_id)
      : type(std::move(the_type)), records(*type, first_id) {}

  std::unique_ptr<ObjectType> type;
  RecordStore records;
};

/// What the account holds.
class Account {
 public:
  /// Throws std::runtime_error with one clear sentence for options that cannot be.
  Account(const AccountOptions& options, Random& random);

  const AccountOptions& options() const { return options_; }
  const AccountClock& clock() const { return clock_; }

  /// By path name ("commerce_payments"), numeric id ("0-101") or error name; nothing for an unknown
  /// type.
  ObjectData* find(std::string_view object_type) const;

 private:
  void add_contacts(Random& random);

  AccountOptions options_;
  AccountClock clock_;
  std::vector<std::unique_ptr<ObjectData>> objects_;
};

}  // namespace payferry::simulator
