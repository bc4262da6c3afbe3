#include "model/outcome.hpp"

#include <array>
#include <utility>

#include "model/digits.hpp"
#include "model/json_text.hpp"

namespace payferry {

namespace {

constexpr std::array<std::pair<OutcomeStatus, std::string_view>, 6> kStatusNames{{
    {OutcomeStatus::created, "created"},
    {OutcomeStatus::updated, "updated"},
    {OutcomeStatus::existing, "existing"},
    {OutcomeStatus::invalid, "invalid"},
    {OutcomeStatus::rejected, "rejected"},
    {OutcomeStatus::unknown, "unknown"},
}};

/// `name` is the field with its quotes, colon and leading comma.
void append_text(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out += name;
  append_json_string(out, value);
}

void append_count(std::string& out, std::string_view name, std::uint64_t value) {
  if (value == 0) return;
  out += name;
  append_number(out, value);
}

void append_identity(std::string& out, RecordNumber record, const RecordIdentity& identity) {
  out += "{\"record\":";
  append_number(out, record.value());
  out += ",\"line\":";
  append_number(out, identity.line.value());
  append_text(out, ",\"file\":", identity.file);
  append_text(out, ",\"key\":", identity.key);
}

void append_http(std::string& out, int http) {
  if (http > 0) append_count(out, ",\"http\":", static_cast<std::uint64_t>(http));
}

void append_refusal(std::string& out, const Rare<Refusal>& why, OutcomeStatus status) {
  if (!why) return;
  const Refusal& refusal = *why;
  append_text(out, ",\"category\":", refusal.category);
  // The order of interface.md §4: payferry's own refusals start from the place, HubSpot's from the
  // code.
  const bool place_first = status == OutcomeStatus::invalid;
  if (!place_first) append_text(out, ",\"code\":", refusal.code);
  append_text(out, ",\"property\":", refusal.property);
  append_text(out, ",\"column\":", refusal.column);
  if (place_first) append_text(out, ",\"code\":", refusal.code);
  append_text(out, ",\"message\":", refusal.message);
  append_text(out, ",\"correlation_id\":", refusal.correlation_id);
  if (refusal.first_record) append_count(out, ",\"first_record\":", refusal.first_record->value());
}

void append_how(std::string& out, const Outcome& outcome) {
  append_text(out, ",\"id\":", outcome.id);
  if (is_loaded(outcome.status)) {
    append_count(out, ",\"attempts\":", outcome.attempts);
    append_http(out, outcome.http);
    append_refusal(out, outcome.refusal, outcome.status);
  } else {
    append_http(out, outcome.http);
    append_refusal(out, outcome.refusal, outcome.status);
    append_count(out, ",\"attempts\":", outcome.attempts);
  }
}

}  // namespace

std::string_view to_string(OutcomeStatus status) {
  for (const auto& [known, name] : kStatusNames) {
    if (known == status) return name;
  }
  return "unknown";
}

std::optional<OutcomeStatus> parse_outcome_status(std::string_view text) {
  for (const auto& [status, name] : kStatusNames) {
    if (name == text) return status;
  }
  return std::nullopt;
}

void add_lacking_association(Outcome& outcome, Refusal refusal) {
  if (outcome.refusal->code.empty()) {
    outcome.refusal = std::move(refusal);
  } else {
    outcome.refusal->message += "; " + refusal.message;
  }
}

void append_outcome_line(std::string& out, const Outcome& outcome, const RecordIdentity& identity) {
  append_identity(out, outcome.record, identity);
  out += ",\"status\":\"";
  out += to_string(outcome.status);
  out += '"';
  append_how(out, outcome);
  out += ",\"at\":\"";
  append_iso8601(out, outcome.at);
  out += "\"}\n";
}

}  // namespace payferry
