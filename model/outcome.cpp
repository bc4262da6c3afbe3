#include "model/outcome.hpp"

#include <array>
#include <utility>

#include "model/piece_writer.hpp"

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
void put_text(PieceWriter& line, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  line.put(name);
  line.put_json_string(value);
}

void put_count(PieceWriter& line, std::string_view name, std::uint64_t value) {
  if (value == 0) return;
  line.put(name);
  line.put_number(value);
}

void put_identity(PieceWriter& line, RecordNumber record, const RecordIdentity& identity) {
  line.put("{\"record\":");
  line.put_number(record.value());
  line.put(",\"line\":");
  line.put_number(identity.line.value());
  put_text(line, ",\"file\":", identity.file);
  put_text(line, ",\"key\":", identity.key);
}

void put_http(PieceWriter& line, int http) {
  if (http > 0) put_count(line, ",\"http\":", static_cast<std::uint64_t>(http));
}

void put_refusal(PieceWriter& line, const Rare<Refusal>& why, OutcomeStatus status) {
  if (!why) return;
  const Refusal& refusal = *why;
  put_text(line, ",\"category\":", refusal.category);
  // The order of interface.md §4: payferry's own refusals start from the place, HubSpot's from the
  // code.
  const bool place_first = status == OutcomeStatus::invalid;
  if (!place_first) put_text(line, ",\"code\":", refusal.code);
  put_text(line, ",\"property\":", refusal.property);
  put_text(line, ",\"column\":", refusal.column);
  if (place_first) put_text(line, ",\"code\":", refusal.code);
  put_text(line, ",\"message\":", refusal.message);
  put_text(line, ",\"correlation_id\":", refusal.correlation_id);
  if (refusal.first_record) put_count(line, ",\"first_record\":", refusal.first_record->value());
}

void put_how(PieceWriter& line, const Outcome& outcome) {
  put_text(line, ",\"id\":", outcome.id);
  if (is_loaded(outcome.status)) {
    put_count(line, ",\"attempts\":", outcome.attempts);
    put_http(line, outcome.http);
    put_refusal(line, outcome.refusal, outcome.status);
  } else {
    put_http(line, outcome.http);
    put_refusal(line, outcome.refusal, outcome.status);
    put_count(line, ",\"attempts\":", outcome.attempts);
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
  const Iso8601 at = iso8601(outcome.at);
  append_outcome_line(out, outcome, identity, {at.data(), at.size()});
}

void append_outcome_line(std::string& out, const Outcome& outcome, const RecordIdentity& identity,
                         std::string_view at) {
  PieceWriter line(out);
  put_identity(line, outcome.record, identity);
  line.put(",\"status\":\"");
  line.put(to_string(outcome.status));
  line.put("\"");
  put_how(line, outcome);
  line.put(",\"at\":\"");
  line.put(at);
  line.put("\"}\n");
  line.flush();
}

}  // namespace payferry
