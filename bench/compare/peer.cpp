#include "bench/compare/peer.hpp"

#include "bench/harness/programs.hpp"
#include "model/batch.hpp"

namespace payferry::bench {

std::filesystem::path peer_file(const std::string& name) {
  return std::filesystem::path(PAYFERRY_PEERS_DIR) / name;
}

std::optional<std::string> missing_program(const std::string& name) {
  if (system_program(name)) return std::nullopt;
  return name + " is not installed";
}

std::filesystem::path program_path(const std::string& name) {
  return system_program(name).value();
}

std::string repeatable_body() {
  std::string body = R"({"inputs":[)";
  for (std::size_t record = 0; record < kMaxBatchRecords; ++record) {
    if (record > 0) body += ',';
    body += R"({"objectWriteTraceId":")" + std::to_string(record) +
            R"(","properties":{"hs_initial_amount":"411.24",)"
            R"("hs_initiated_date":"2023-01-01T00:15:49.000Z","hs_currency_code":"GBP",)"
            R"("hs_latest_status":"succeeded","hs_payment_method_type":"card",)"
            R"("hs_customer_email":"customer12345@example.com",)"
            R"("hs_internal_comment":"Annual subscription, Professional plan"}})";
  }
  return body + "]}";
}

std::string authorization_header() {
  return std::string("Bearer ") + SimulatorProcess::kToken;
}

}  // namespace payferry::bench
