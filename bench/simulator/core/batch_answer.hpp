#pragma once

#include <boost/json/array.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "bench/simulator/core/call_context.hpp"
#include "bench/simulator/core/record_json.hpp"

namespace payferry::simulator {

/// Puts a batch answer together (contract §1.4, §2.2).
class BatchAnswerWriter {
 public:
  BatchAnswerWriter(CallContext& context, const ObjectType& type);

  /// The views of `record` must hold until response().
  void add_result(const ShownRecord& record) { results_.push_back(record); }
  void add_error(const ApiError& error, std::optional<std::string_view> trace_id);
  Response response(int success_status) const;

 private:
  struct ToldError {
    ApiError error;
    std::vector<std::string> trace_ids;
  };

  std::vector<const ShownRecord*> in_answer_order() const;
  void append_results(std::string& out) const;
  void append_errors(std::string& out) const;

  CallContext& context_;
  const ObjectType& type_;
  std::vector<ShownRecord> results_;
  std::vector<ToldError> errors_;
};

/// A batch answer of what is no record: properties, associations. 207 where there are errors.
Response batch_response(const CallContext& context, int success_status, boost::json::array results,
                        boost::json::array errors);

/// The status of a batch answer: versions differ (contract §1.2).
int batch_status(ApiVersion version, int success_status, bool partial);

}  // namespace payferry::simulator
