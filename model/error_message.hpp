#pragma once

#include "model/batch_answer.hpp"

namespace payferry {

/// Takes over what an entry of an error's own `errors` list says.
void absorb_detail(AnsweredError& error, const AnsweredError& detail);

/// Takes what only the message's words say: the findings as JSON behind "Property values were not
/// valid: " (contract §3.2), the holder of a unique value and the value (§3.4). Findings then make
/// up code and message.
void read_error_message(AnsweredError& error);

}  // namespace payferry
