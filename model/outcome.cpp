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

void put_attempts(PieceWriter& line, const Outcome& outcome) {
  put_count(line, ",\"attempts\":", outcome.attempts);
}

/// Behind the id.
void put_how(PieceWriter& line, const Outcome& outcome) {
  const bool attempts_first = is_loaded(outcome.status);
  if (attempts_first) put_attempts(line, outcome);
  put_http(line, outcome.http);
  put_refusal(line, outcome.refusal, outcome.status);
  if (!attempts_first) put_attempts(line, outcome);
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

OutcomeLines::OutcomeLines(std::string& out, Instant at)
    : out_(out), end_(",\"at\":\"" + to_iso8601(at) + "\"}\n") {}

std::string_view OutcomeLines::usual_end(const Outcome& outcome) {
  const bool is_usual =
      usual_attempts_ == outcome.attempts && usual_http_ == outcome.http && !usual_end_.empty();
  if (is_usual) return usual_end_;
  usual_attempts_ = outcome.attempts;
  usual_http_ = outcome.http;
  usual_end_.clear();
  PieceWriter end(usual_end_);
  put_how(end, outcome);
  end.put(end_);
  end.flush();
  return usual_end_;
}

void OutcomeLines::append(const Outcome& outcome, const RecordIdentity& identity) {
  PieceWriter line(out_);
  put_identity(line, outcome.record, identity);
  line.put(",\"status\":\"");
  line.put(to_string(outcome.status));
  line.put("\"");
  put_text(line, ",\"id\":", outcome.id);
  if (is_loaded(outcome.status) && !outcome.refusal) {
    line.put(usual_end(outcome));
  } else {
    put_how(line, outcome);
    line.put(end_);
  }
  line.flush();
}

void append_outcome_line(std::string& out, const Outcome& outcome, const RecordIdentity& identity) {
  OutcomeLines(out, outcome.at).append(outcome, identity);
}

}  // namespace payferry
