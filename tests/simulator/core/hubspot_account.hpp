#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "bench/simulator/core/simulated_hubspot.hpp"

namespace payferry::simulator {

/// A simulated HubSpot with a client that speaks JSON to it, in virtual time.
class HubSpotAccount {
 public:
  explicit HubSpotAccount(SimulatorOptions options = {}) : hubspot(std::move(options)) {}

  SimulatedReply send(std::string_view method, std::string_view target,
                      std::string_view body = {}) {
    return hubspot.handle({method, target, authorization, body}, now);
  }
  SimulatedReply post(std::string_view target, std::string_view body) {
    return send("POST", target, body);
  }
  SimulatedReply create(std::string_view body) {
    return post("/crm/v3/objects/commerce_payments/batch/create", body);
  }
  SimulatedReply upsert(std::string_view body) {
    return post("/crm/v3/objects/commerce_payments/batch/upsert", body);
  }
  SimulatedReply read(std::string_view body) {
    return post("/crm/v3/objects/commerce_payments/batch/read", body);
  }
  std::size_t payments() const { return hubspot.live_records("commerce_payments"); }

  std::string authorization = "Bearer pat-na1-test";
  Instant now = Instant(std::chrono::hours(24 * 365 * 50));
  SimulatedHubSpot hubspot;
};

inline boost::json::value body_of(const SimulatedReply& reply) {
  return boost::json::parse(reply.body);
}

inline std::string text(const boost::json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : boost::json::serialize(value);
}

/// An input of a create: a payment that HubSpot takes, with an external id.
inline std::string payment(std::string_view id, std::string_view trace_id = {},
                           std::string_view more = {}) {
  std::string input = "{";
  if (!trace_id.empty()) input += "\"objectWriteTraceId\":\"" + std::string(trace_id) + "\",";
  return input +
         "\"properties\":{\"hs_initial_amount\":\"9.99\",\"hs_initiated_date\":\"2024-03-27T18:04:"
         "11.823Z\","
         "\"hs_external_reference_id\":\"" +
         std::string(id) + "\"" + std::string(more) + "}}";
}

/// An input of an upsert by external id.
inline std::string upsert_of(std::string_view id, std::string_view trace_id = {},
                             std::string_view more = {}) {
  std::string input =
      "{\"idProperty\":\"hs_external_reference_id\",\"id\":\"" + std::string(id) + "\",";
  if (!trace_id.empty()) input += "\"objectWriteTraceId\":\"" + std::string(trace_id) + "\",";
  return input +
         "\"properties\":{\"hs_initial_amount\":\"9.99\",\"hs_initiated_date\":\"2024-03-27T18:04:"
         "11.823Z\"" +
         std::string(more) + "}}";
}

inline std::string inputs(const std::vector<std::string>& all) {
  std::string body = "{\"inputs\":[";
  for (const std::string& input : all) body += (body.back() == '[' ? "" : ",") + input;
  return body + "]}";
}

}  // namespace payferry::simulator
