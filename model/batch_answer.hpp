#pragma once

#include <chrono>
#include <forward_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/instant.hpp"

namespace payferry {

/// One entry of `results` (contract §1.4): a record that HubSpot has. Its texts are views into the
/// answer's body and into BatchAnswer::unescaped.
struct AnsweredRecord {
  std::string_view id;
  std::string_view trace_id;  ///< objectWriteTraceId, rarely there (contract §2.2)
  std::string_view key;       ///< value of the id property asked for, where it came back
  std::string_view run;       ///< value of the run property asked for, where it came back
  std::optional<Instant> created_at;
  std::optional<bool> is_new;   ///< `new` of upsert
  std::string_view properties;  ///< the properties object as JSON, only where asked for
};

/// One finding of an error, from its `errors` or from the JSON inside its message (contract §3.2).
struct AnsweredProblem {
  std::string code;
  std::string property;
  std::string message;
};

/// One entry of `errors`, or the error that the whole answer is (contract §3.1). All fields may be
/// empty. The texts that are for people are valid UTF-8 without control characters, and bounded.
struct AnsweredError {
  std::string category;  ///< or errorType, where that stands in its place
  std::string sub_category;
  std::string code;         ///< from errors[].code, or from the JSON inside the message
  std::string message;      ///< of the record's own problem where the message carries JSON
  std::string policy_name;  ///< of a 429
  std::vector<std::string> properties;  ///< names from context or from the JSON inside the message
  std::vector<std::string> trace_ids;   ///< context.objectWriteTraceId
  std::vector<std::string> ids;         ///< context.ids or context.id: not found, or sent twice
  /// The record that holds a unique value already: context.existingId, "… already has that value",
  /// "Existing ID: …" (contract §3.4).
  std::string existing_id;
  std::string held_property;  ///< PropertyValueCoordinates: propertyName
  std::string held_value;     ///< PropertyValueCoordinates: value
  std::vector<std::string> required_scopes;
  std::string correlation_id;             ///< correlationId of the body
  std::vector<AnsweredProblem> problems;  ///< each once; `code` and `message` sum them up
  std::optional<Instant> expired_at;      ///< context "expire time" of a 401 (contract §3.6)
  std::optional<std::chrono::seconds> retry_after;  ///< of a gateway's body (contract §3.1)
};

/// A batch call's answer, read without believing its status code. Everything is optional
/// (contract §3.1). Move-only: records are views into `unescaped`, which moving does not move.
struct BatchAnswer {
  BatchAnswer() = default;
  BatchAnswer(BatchAnswer&&) = default;
  BatchAnswer& operator=(BatchAnswer&&) = default;

  /// False: no JSON object, truncated, HTML, or a byte order mark in front. All else is empty then.
  bool well_formed = false;
  bool has_results = false;  ///< `results` was there, even if empty
  std::vector<AnsweredRecord> results;
  std::vector<AnsweredError>
      errors;  ///< entries of `errors`; of a refusal's too, which `whole` sums up
  std::optional<AnsweredError>
      whole;  ///< the answer itself is an error: top-level message, category, policyName
  std::optional<Instant> started_at;  ///< HubSpot's clock, to the millisecond
  std::optional<Instant> completed_at;
  std::forward_list<std::string> unescaped;  ///< texts of records that had escapes
};

/// What the decoder is to pick out of `results[].properties`.
struct AnswerInterest {
  std::string_view id_property = {};   ///< empty: none
  std::string_view run_property = {};  ///< empty: none
  bool whole_properties = false;  ///< keep each properties object, for pairing by equal properties
};

/// Decodes an answer of batch create, upsert, read, update or an error body of any call. Never
/// throws for what HubSpot, a gateway or a proxy can send. `body` must outlive what is returned.
BatchAnswer decode_batch_answer(std::string_view body, const AnswerInterest& interest);

}  // namespace payferry
