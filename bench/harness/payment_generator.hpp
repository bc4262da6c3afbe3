#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "bench/simulator/core/random.hpp"

namespace payferry::bench {

enum class GeneratedFormat { csv, ndjson };

/// What is wrong with a generated payment.
enum class Defect {
  none,
  bad_amount,            ///< payferry refuses it
  bad_date,              ///< payferry refuses it
  missing_id,            ///< payferry refuses it
  unknown_status,        ///< only HubSpot knows that it has no such option
  currency_not_enabled,  ///< only HubSpot knows the account's currencies
};

/// "bad_amount", …
std::string_view name_of(Defect defect);
/// "payferry" or "hubspot".
std::string_view refused_by(Defect defect);

struct GeneratorOptions {
  std::uint64_t records = 0;
  GeneratedFormat format = GeneratedFormat::csv;
  std::uint64_t seed = 1;
  double bad_share = 0;  ///< 0 to 1
};

/// Makes payments as an export of a shop would hold them: unique ids, several currencies with their
/// own decimals, moments in order of time, names and texts with commas, quotes, line ends and
/// letters beyond ASCII. About 170 bytes a row. The same options give the same bytes. Columns: id,
/// created, amount, currency, status, method, email, customer, description, reference; as NDJSON
/// amount.value, amount.currency, customer.email and customer.name are nested.
class PaymentGenerator {
 public:
  explicit PaymentGenerator(const GeneratorOptions& options);
  ~PaymentGenerator();

  /// The line that a CSV file starts with; nothing for NDJSON.
  void append_head(std::string& out) const;
  /// Appends the next payment and its line end, and says what is wrong with it.
  Defect append_next(std::string& out);

 private:
  struct Payment;

  Defect draw_defect();
  void draw_identity();
  void draw_money();
  void draw_customer();

  GeneratorOptions options_;
  simulator::Random random_;
  std::uint64_t number_ = 0;
  std::uint64_t customers_;
  std::string id_prefix_;
  std::int64_t seconds_per_record_;
  std::unique_ptr<Payment> payment_;  ///< reused, so that a row allocates nothing
};

}  // namespace payferry::bench
