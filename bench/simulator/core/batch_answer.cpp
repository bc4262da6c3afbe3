#include "bench/simulator/core/batch_answer.hpp"

#include <boost/json.hpp>
#include <utility>

namespace payferry::simulator {

namespace json = boost::json;

namespace {

constexpr std::size_t kResultBytes = 768;

}  // namespace

BatchAnswerWriter::BatchAnswerWriter(CallContext& context, const ObjectType& type)
    : context_(context), type_(type) {}

void BatchAnswerWriter::add_error(const ApiError& error, std::optional<std::string_view> trace_id) {
  if (context_.switches.group_errors && !errors_.empty() && trace_id) {
    for (ToldError& told : errors_) {
      if (told.error.message != error.message || told.trace_ids.empty()) continue;
      told.trace_ids.emplace_back(*trace_id);
      return;
    }
  }
  ToldError& told = errors_.emplace_back(ToldError{error, {}});
  if (trace_id) told.trace_ids.emplace_back(*trace_id);
}

Response BatchAnswerWriter::response(int success_status) const {
  Response response;
  response.status = batch_status(context_.version, success_status, !errors_.empty());
  std::string& out = response.body;
  out.reserve(results_.size() * kResultBytes + 512);
  out += "{\"status\":\"COMPLETE\",\"results\":[";
  append_results(out);
  out += ']';
  if (!errors_.empty()) append_errors(out);
  out += ",\"startedAt\":\"";
  append_iso8601(out, context_.now);
  out += "\",\"completedAt\":\"";
  append_iso8601(out, context_.completed_at);
  out += "\"}";
  return response;
}

// Results do not follow the inputs' order (contract §2.3).
std::vector<const ShownRecord*> BatchAnswerWriter::in_answer_order() const {
  std::vector<const ShownRecord*> order;
  order.reserve(results_.size());
  for (const ShownRecord& record : results_) order.push_back(&record);
  if (!context_.switches.shuffle_results) return order;
  for (std::size_t i = order.size(); i > 1; --i)
    std::swap(order[i - 1], order[context_.random.below(i)]);
  return order;
}

void BatchAnswerWriter::append_results(std::string& out) const {
  const RecordJson writer(type_, context_.account.options().portal_id);
  bool first = true;
  for (const ShownRecord* record : in_answer_order()) {
    if (!first) out += ',';
    first = false;
    ShownRecord shown = *record;
    if (!context_.switches.echo_trace_id) shown.trace_id.reset();
    writer.append(out, shown);
  }
}

void BatchAnswerWriter::append_errors(std::string& out) const {
  boost::json::array errors;
  for (const ToldError& told : errors_) errors.push_back(record_error(told.error, told.trace_ids));
  out += ",\"numErrors\":" + std::to_string(errors_.size()) + ",\"errors\":";
  out += boost::json::serialize(errors);
}

int batch_status(ApiVersion version, int success_status, bool partial) {
  switch (version) {
    case ApiVersion::v2025_09:
      return 200;
    case ApiVersion::v2026_09:
      return success_status;
    case ApiVersion::v3:
    case ApiVersion::v2026_03:
      return partial ? 207 : success_status;
  }
  return success_status;
}

Response batch_response(const CallContext& context, int success_status, json::array results,
                        json::array errors) {
  json::object answer{{"status", "COMPLETE"}, {"results", std::move(results)}};
  const bool partial = !errors.empty();
  if (partial) {
    answer["numErrors"] = errors.size();
    answer["errors"] = std::move(errors);
  }
  answer["startedAt"] = to_iso8601(context.now);
  answer["completedAt"] = to_iso8601(context.completed_at);
  return {partial ? 207 : success_status, json::serialize(answer)};
}

}  // namespace payferry::simulator
