#include "loader/undo/doubts.hpp"

#include <algorithm>
#include <utility>

#include "loader/delivery/interruption.hpp"
#include "model/batch.hpp"
#include "model/outcome.hpp"
#include "model/request_body.hpp"

namespace payferry {

namespace asio = boost::asio;

std::vector<DoubtfulRecord> find_doubtful(RecordReader& reader, const Mapping& mapping,
                                          const ResumeState& state) {
  std::vector<DoubtfulRecord> doubtful;
  if (state.start.next > RecordNumber(1)) reader.resume_at(state.start.position, state.start.next);
  Record record;
  MappedRecord mapped;
  std::string input;
  while (doubtful.size() < state.in_doubt.size() && reader.next(record)) {
    const auto sent = state.in_doubt.find(record.number);
    if (sent == state.in_doubt.end()) continue;
    input.clear();
    mapping.map(record, input, mapped);
    DoubtfulRecord& found = doubtful.emplace_back();
    found.record = record.number;
    found.position = record.position;
    found.key = mapped.key;
    found.doubt = sent->second;
  }
  return doubtful;
}

DoubtSettler::DoubtSettler(CallContext& context, std::vector<DoubtfulRecord> records,
                           AppendFile& outcomes, Options options)
    : context_(context),
      records_(std::move(records)),
      settled_(records_.size()),
      outcomes_(outcomes),
      options_(std::move(options)) {}

std::optional<asio::awaitable<void>> DoubtSettler::next() {
  Places places;
  for (; next_ < records_.size() && places.size() < kMaxBatchRecords; ++next_) {
    if (!records_[next_].key.empty()) places.push_back(next_);
  }
  if (places.empty()) return std::nullopt;
  return settle(std::move(places));
}

std::vector<DoubtfulRecord> DoubtSettler::left() const {
  std::vector<DoubtfulRecord> left;
  for (std::size_t place = 0; place < records_.size(); ++place) {
    if (!settled_[place]) left.push_back(records_[place]);
  }
  return left;
}

/// A request that was cut may still be running at HubSpot until its own limit (contract §6).
asio::awaitable<void> DoubtSettler::wait_until_settled(const Places& places) {
  using std::chrono::milliseconds;
  const RetrySettings& retry = context_.settings.retry;
  const milliseconds wait = retry.settle_after.value_or(retry.request_timeout);
  milliseconds left{0};
  for (const std::size_t place : places) {
    const auto since = context_.time.wall_now() - records_[place].doubt.sent.last.at;
    left = std::max(left, std::clamp(wait - since, milliseconds::zero(), wait));
  }
  co_await open_to_interruption();
  if (left.count() > 0) co_await context_.time.sleep_for(left);
}

asio::awaitable<void> DoubtSettler::settle(Places places) {
  co_await wait_until_settled(places);
  Patience patience(context_);
  std::vector<Places> portions;
  portions.push_back(std::move(places));
  while (!portions.empty() && !context_.stop.requested()) {
    const Told told = co_await look_up(portions.back(), patience);
    if (told == Told::nothing) continue;
    const Places asked = std::move(portions.back());
    portions.pop_back();
    if (told == Told::all) continue;
    const auto middle = asked.begin() + static_cast<std::ptrdiff_t>(asked.size() / 2);
    portions.emplace_back(asked.begin(), middle);
    portions.emplace_back(middle, asked.end());
  }
}

asio::awaitable<DoubtSettler::Told> DoubtSettler::look_up(const Places& places,
                                                          Patience& patience) {
  std::optional<Permit> permit = co_await patience.admit(RequestKind::read);
  if (!permit) co_return Told::nothing;
  std::string body;
  const std::vector<std::string_view> keys = write_body(places, body);
  const ApiCall call(Endpoint::batch_read, body);
  const Answer answer = co_await context_.api.call(call, *permit);
  AnswerInterest interest;
  interest.id_property = context_.settings.mapping.id_property;
  interest.run_property = context_.settings.mapping.run_property;
  const BatchAnswer told = decode_batch_answer(answer.body, interest);
  const ReadVerdict verdict = classify_read(answer, told, keys, ReadBy::key);
  patience.answered(*permit, answer, verdict);
  clock_.observe(answer, told);
  if (verdict.ask_in_halves) co_return Told::in_halves;
  if (verdict.reaction == Reaction::none) take(places, verdict, answer.status);
  const bool is_over = verdict.reaction == Reaction::none || verdict.reaction == Reaction::isolate;
  co_return is_over ? Told::all : Told::nothing;
}

std::vector<std::string_view> DoubtSettler::write_body(const Places& places,
                                                       std::string& body) const {
  const MappingRules& mapping = context_.settings.mapping;
  std::vector<std::string_view> keys;
  for (const std::size_t place : places) keys.emplace_back(records_[place].key);
  append_read_body(body, keys, mapping.id_property, properties_of_origin(mapping));
  return keys;
}

void DoubtSettler::take(const Places& places, const ReadVerdict& verdict, int http) {
  for (std::size_t asked = 0; asked < places.size(); ++asked) {
    const LookUp& look_up = verdict.look_ups[asked];
    const std::size_t place = places[asked];
    if (look_up.kind == LookUp::Kind::missing) settled_[place] = true;
    if (look_up.kind != LookUp::Kind::found) continue;
    take_found(records_[place], *look_up.record, http);
    settled_[place] = records_[place].id.empty();
  }
  outcomes_.flush();
}

/// Leaves the id where it cannot be told who made the record.
void DoubtSettler::take_found(DoubtfulRecord& record, const AnsweredRecord& found, int http) {
  const FoundRecord candidate = found_record(found);
  const SendTimes& sent = record.doubt.sent;
  record.id = found.id;
  if (judge_origin(candidate, sent, options_.run, clock_, true) == Origin::this_record) {
    log_created(record, http);
    record.id.clear();
    return;
  }
  if (options_.run.has_run_property || stood_before(candidate, sent, clock_)) record.id.clear();
}

void DoubtSettler::log_created(const DoubtfulRecord& record, int http) {
  Outcome outcome;
  outcome.record = record.record;
  outcome.status = OutcomeStatus::created;
  outcome.id = record.id;
  outcome.attempts = record.doubt.attempts;
  outcome.http = http;
  outcome.at = context_.time.wall_now();
  RecordIdentity identity;
  identity.line = record.position.line;
  identity.key = record.key;
  const std::size_t input = record.position.input.value();
  if (input < options_.file_names.size()) identity.file = options_.file_names[input];
  std::string line;
  append_outcome_line(line, outcome, identity);
  outcomes_.append(line);
}

}  // namespace payferry
