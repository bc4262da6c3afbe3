#pragma once

#include <string_view>

#include "model/batch_answer.hpp"
#include "model/json_reader.hpp"

namespace payferry {

/// Reads one member of an error object (contract §3.1) into `error`; false, and nothing read, where
/// the key is none that an error has. Takes HubSpot's shapes, those of its OAuth endpoint (§9.3)
/// and of its gateways.
bool read_error_member(JsonReader& reader, std::string_view key, AnsweredError& error);

/// Reads an error object whole. What comes instead of one is stepped over.
void read_error(JsonReader& reader, AnsweredError& error);

}  // namespace payferry
