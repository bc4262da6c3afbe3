#include "bench/simulator/server/admin.hpp"

#include <boost/json.hpp>
#include <charconv>

#include "bench/simulator/core/option_values.hpp"

namespace payferry::simulator {

namespace {

namespace json = boost::json;

constexpr std::string_view kPrefix = "/sim/";

SimulatedReply answer(int status, std::string body, std::string_view content_type = kJson) {
  SimulatedReply reply;
  reply.status = status;
  reply.body = std::move(body);
  reply.content_type = content_type;
  return reply;
}

SimulatedReply done() {
  return answer(200, "{}");
}

SimulatedReply refuse(int status, std::string sentence) {
  return answer(status, json::serialize(json::object{{"error", std::move(sentence)}}));
}

SimulatedReply stats(SimulatedHubSpot& hubspot) {
  json::object body = json::parse(hubspot.statistics().to_json()).get_object();
  body["payments"] = hubspot.live_records("commerce_payments");
  return answer(200, json::serialize(body));
}

SimulatedReply ledger(const SimulatedHubSpot& hubspot, std::string_view target) {
  std::size_t from = 1;
  const std::size_t parameter = target.find("?from=");
  if (parameter != std::string_view::npos) {
    std::from_chars(target.data() + parameter + 6, target.data() + target.size(), from);
  }
  std::string lines;
  hubspot.ledger().append_ndjson(lines, from == 0 ? 0 : from - 1);
  return answer(200, std::move(lines), "application/x-ndjson");
}

std::size_t count_at(const json::object& order, std::string_view name) {
  const json::value* value = order.if_contains(name);
  return value != nullptr && value->is_int64() && value->get_int64() > 0
             ? static_cast<std::size_t>(value->get_int64())
             : 0;
}

void set_flag(const json::object& order, std::string_view name, bool& flag) {
  const json::value* value = order.if_contains(name);
  if (value != nullptr && value->is_bool()) flag = value->get_bool();
}

SimulatedReply change_fault(FaultInjector& faults, const json::object& order,
                            std::string_view name) {
  const auto fault = fault_named(name);
  if (!fault)
    return refuse(
        400, "there is no fault \"" + std::string(name) + "\"; payferry-sim --help lists them");
  if (const std::size_t next = count_at(order, "next")) {
    faults.order(*fault, next, count_at(order, "skip"));
    return done();
  }
  const json::value* text = order.if_contains("probability");
  const auto probability = text != nullptr && text->is_string()
                               ? parse_percent(std::string(text->get_string()))
                               : std::nullopt;
  if (!probability) {
    return refuse(400, "a fault needs \"next\": N or \"probability\": \"5%\"");
  }
  faults.plan().with(*fault, *probability);
  return done();
}

SimulatedReply change_faults(SimulatedHubSpot& hubspot, const json::object& order) {
  FaultPlan& plan = hubspot.faults().plan();
  bool clear = false;
  set_flag(order, "clear", clear);
  if (clear) {
    plan.probability.fill(0);
    hubspot.faults().forget_orders();
  }
  set_flag(order, "on_writes", plan.on_writes);
  set_flag(order, "on_reads", plan.on_reads);
  set_flag(order, "on_settings", plan.on_settings);
  const json::value* fault = order.if_contains("fault");
  if (fault == nullptr) return done();
  if (!fault->is_string()) return refuse(400, "\"fault\" must be a name such as \"reset\"");
  return change_fault(hubspot.faults(), order, std::string(fault->get_string()));
}

SimulatedReply change_switches(SimulatedHubSpot& hubspot, const json::object& order) {
  for (const json::key_value_pair& member : order) {
    if (!member.value().is_string()) return refuse(400, "a switch's value must be a text");
    const std::string wrong = set_switch(hubspot.switches(), std::string(member.key()),
                                         std::string(member.value().get_string()));
    if (!wrong.empty()) return refuse(400, wrong);
  }
  return done();
}

SimulatedReply external_traffic(SimulatedHubSpot& hubspot, const json::object& order, Instant now) {
  if (const std::size_t requests = count_at(order, "requests")) {
    hubspot.external_requests(static_cast<std::uint32_t>(requests), now);
    return done();
  }
  const json::value* rate = order.if_contains("per_second");
  if (rate == nullptr || !rate->is_number()) {
    return refuse(400, "external traffic needs \"requests\": N or \"per_second\": N");
  }
  hubspot.external_rate(rate->to_number<double>(), now);
  return done();
}

SimulatedReply handle_post(SimulatedHubSpot& hubspot, std::string_view what, std::string_view body,
                           Instant now) {
  json::error_code error;
  const json::value order = json::parse({body.data(), body.size()}, error);
  if (error || !order.is_object()) return refuse(400, "the body must be a JSON object");
  if (what == "faults") return change_faults(hubspot, order.get_object());
  if (what == "switches") return change_switches(hubspot, order.get_object());
  if (what == "external-traffic") return external_traffic(hubspot, order.get_object(), now);
  return refuse(404, "there is no /sim/" + std::string(what) + " to POST to");
}

}  // namespace

bool is_admin_path(std::string_view target) {
  return target.starts_with(kPrefix);
}

SimulatedReply handle_admin(SimulatedHubSpot& hubspot, const SimulatedRequest& request,
                            Instant now) {
  hubspot.advance(now);
  const std::string_view rest = request.target.substr(kPrefix.size());
  const std::string_view what = rest.substr(0, rest.find('?'));
  SimulatedReply reply = refuse(404, "there is no /sim/" + std::string(what));
  if (request.method == "GET" && what == "stats") reply = stats(hubspot);
  if (request.method == "GET" && what == "ledger") reply = ledger(hubspot, request.target);
  if (request.method == "POST") reply = handle_post(hubspot, what, request.body, now);
  reply.date = now;
  return reply;
}

}  // namespace payferry::simulator
