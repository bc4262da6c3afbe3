#pragma once

#include "model/answer.hpp"
#include "model/batch_answer.hpp"
#include "model/outcome.hpp"

namespace payferry {

/// The error says something: a category, a code or a message.
bool says_anything(const AnsweredError& error);

/// The value is held by a record already (contract §3.4), that is, refused as a duplicate.
bool is_unique_conflict(const AnsweredError& error);

/// A property of that name does not exist, or takes no value by the API (contract §3.2, §3.3).
bool is_unusable_property(const AnsweredProblem& problem);

/// The error is the server's, not the record's: what it names may be sent again.
bool is_server_fault(const AnsweredError& error);
bool is_rate_limit(const AnsweredError& error);

/// HubSpot does not have what the error names (contract §1.6).
bool is_not_found(const AnsweredError& error);

/// The error as it goes to the results log. `answer` gives status and correlation id where the
/// error has none.
Refusal to_refusal(const AnsweredError& error, const Answer& answer);

}  // namespace payferry
