#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "loader/verify/finding.hpp"
#include "model/currency.hpp"
#include "model/decimal.hpp"
#include "model/mapping_rules.hpp"
#include "model/property_schema.hpp"
#include "model/value_comparison.hpp"

namespace payferry {

/// What HubSpot's own books say of a record.
struct HeldAmount {
  Currency currency;
  std::optional<Decimal> amount;
};

/// Compares records property by property with what the source says, each property as its type asks
/// for (model/value_comparison.hpp). What HubSpot calculates, or lets nobody write, is not
/// compared.
class RecordComparison {
 public:
  RecordComparison(const MappingRules& rules, const PropertySchema& schema);

  /// The properties that a batch read must ask for; the views hold as long as this.
  std::vector<std::string_view> properties() const;
  /// `held`: the properties as HubSpot gives them.
  Finding compare(const PropertyList& expected, const PropertyList& held) const;
  /// Read from what HubSpot holds, as far as this run sent it.
  HeldAmount amount_of(const PropertyList& expected, const PropertyList& held) const;

 private:
  std::map<std::string, ValueKind, std::less<>> kinds_;  ///< of the properties that are compared
  std::string amount_property_;
  std::string currency_property_;
};

}  // namespace payferry
