#include "loader/delivery/settling.hpp"

#include <algorithm>
#include <utility>

#include "loader/delivery/interruption.hpp"
#include "model/request_body.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

/// How long HubSpot gets to finish what it answered with an error, and to show what it has made
/// (contract §6).
constexpr std::chrono::milliseconds kSettleAfterAnswer{2000};

bool may_be_of_other_row(Origin origin) {
  return origin == Origin::other_row || origin == Origin::this_run || origin == Origin::unclear;
}

/// What may come from another row of the source: the results log tells.
std::vector<LookUpResult*> unclear_of(std::span<LookUpResult> results) {
  std::vector<LookUpResult*> unclear;
  for (LookUpResult& result : results)
    if (may_be_of_other_row(result.origin)) unclear.push_back(&result);
  return unclear;
}

/// Of a record that the results log knows, or does not, as another row's.
Origin by_results_log(Origin origin, bool known) {
  if (known || origin == Origin::other_row) return Origin::other_row;
  return origin == Origin::this_run ? Origin::this_record : Origin::before;
}

}  // namespace

Settling::Settling(const DeliveryContext& context, const Batch& batch,
                   const BatchProgress& progress)
    : context_(context), batch_(batch), progress_(progress) {
  for (std::size_t entry = 0; entry < batch_.entries().size(); ++entry) {
    const auto& sent_before = progress_.sent(entry);
    if (sent_before) not_before_ = std::max(not_before_, context_.settled_by(sent_before->last));
  }
}

/// A request that was cut may still be running at HubSpot until its own limit; one that was
/// answered is as good as over (contract §6).
void Settling::wait_after_write(const Answer& answer) {
  const SteadyPoint settled =
      answer.reach == Reach::sent_unanswered
          ? context_.settled_by(answer.sent_at)
          : context_.time.now() + context_.settings.retry.settle_after.value_or(kSettleAfterAnswer);
  not_before_ = std::max(not_before_, settled);
}

void Settling::wait_after_look_up() {
  not_before_ = context_.time.now() + kSettleAfterAnswer;
}

std::vector<std::string_view> Settling::write_look_up(const Step& step, std::string& body) const {
  const bool by_id = read_by(step) == ReadBy::record_id;
  std::vector<std::string_view> asked;
  for (const std::size_t entry : step.entries) {
    asked.push_back(by_id ? std::string_view(progress_.holder(entry))
                          : batch_.entries()[entry].key);
  }
  const MappingRules& mapping = context_.settings.mapping;
  const std::vector<std::string_view> properties = properties_of_origin(mapping);
  body.clear();
  if (by_id) {
    append_read_by_id_body(body, asked, properties);
  } else {
    append_read_body(body, asked, mapping.id_property, properties);
  }
  return asked;
}

asio::awaitable<std::optional<std::vector<LookUpResult>>> Settling::judge(
    const Step& step, const ReadVerdict& verdict) const {
  std::vector<LookUpResult> results;
  results.reserve(step.entries.size());
  for (std::size_t place = 0; place < step.entries.size(); ++place)
    results.push_back(judge_entry(step.entries[place], verdict.look_ups[place]));
  const std::vector<LookUpResult*> unclear = unclear_of(results);
  if (unclear.empty()) co_return results;
  // An interruption has passed over this while it was shielded.
  if (context_.stop.requested()) co_return std::nullopt;
  co_await ask_log(unclear);
  co_return results;
}

LookUpResult Settling::judge_entry(std::size_t entry, const LookUp& told) const {
  LookUpResult result;
  if (told.kind == LookUp::Kind::missing) result.kind = LookUpResult::Kind::missing;
  if (told.kind != LookUp::Kind::found) return result;
  result.kind = LookUpResult::Kind::found;
  result.record = found_record(*told.record);
  result.origin = judge_origin(result.record, progress_.sent(entry), context_.run, context_.clock,
                               batch_.keys_complete());
  return result;
}

/// The log may be long, and the run is not to wait for it when it is interrupted: a resumed one
/// looks these records up once more.
asio::awaitable<void> Settling::ask_log(std::span<LookUpResult* const> unclear) const {
  std::vector<std::string> ids;
  ids.reserve(unclear.size());
  for (const LookUpResult* result : unclear) ids.push_back(result->record.id);
  co_await open_to_interruption();
  const std::vector<RecordNumber> creators = co_await context_.log.find_creators(std::move(ids));
  co_await shielded_from_interruption();
  for (std::size_t place = 0; place < unclear.size(); ++place) {
    LookUpResult& result = *unclear[place];
    const bool known = creators[place] != RecordNumber();
    if (known) result.first_record = creators[place];
    result.origin = by_results_log(result.origin, known);
  }
}

}  // namespace payferry
