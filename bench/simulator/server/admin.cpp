#include "bench/simulator/server/admin.hpp"

#include <boost/json.hpp>
#include <charconv>

#include "bench/simulator/server/admin_order.hpp"

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

struct FaultsToCome {
  Fault fault;
  std::size_t count;
  std::size_t skip;
};

/// Puts a fault's probability into the plan, or returns to how many requests it is to happen.
std::optional<FaultsToCome> read_fault(AdminOrder& order, FaultPlan& plan) {
  const auto name = order.text("fault");
  const auto next = order.count("next", 1);
  const auto skip = order.count("skip", 0);
  const auto probability = order.percentage("probability");
  if (!name) {
    if (next || skip || probability) {
      order.refuse(R"("next", "skip" and "probability" need a "fault" such as "reset")");
    }
    return std::nullopt;
  }
  const auto fault = fault_named(*name);
  if (!fault) {
    order.refuse("there is no fault \"" + *name + "\"; payferry-sim --help lists them");
    return std::nullopt;
  }
  if (next.has_value() == probability.has_value()) {
    order.refuse(R"(a fault needs either "next": N or "probability": "5%")");
    return std::nullopt;
  }
  if (next) return FaultsToCome{*fault, *next, skip.value_or(0)};
  if (skip) order.refuse(R"("skip" needs "next")");
  if (!plan.with(*fault, *probability).is_possible()) {
    order.refuse("the probabilities of all faults together would be over 100%");
  }
  return std::nullopt;
}

SimulatedReply change_faults(SimulatedHubSpot& hubspot, AdminOrder order) {
  FaultInjector& faults = hubspot.faults();
  FaultPlan plan = faults.plan();
  const bool clear = order.flag("clear").value_or(false);
  if (clear) plan.probability.fill(0);
  plan.on_writes = order.flag("on_writes").value_or(plan.on_writes);
  plan.on_reads = order.flag("on_reads").value_or(plan.on_reads);
  plan.on_settings = order.flag("on_settings").value_or(plan.on_settings);
  const std::optional<FaultsToCome> to_come = read_fault(order, plan);
  const std::string problem = order.problem();
  if (!problem.empty()) return refuse(400, problem);
  faults.plan() = plan;
  if (clear) faults.forget_orders();
  if (to_come) faults.order(to_come->fault, to_come->count, to_come->skip);
  return done();
}

SimulatedReply change_switches(SimulatedHubSpot& hubspot, const json::object& order) {
  SimulatorSwitches switches = hubspot.switches();
  for (const json::key_value_pair& member : order) {
    if (!member.value().is_string()) return refuse(400, "a switch's value must be a text");
    const std::string wrong =
        set_switch(switches, std::string(member.key()), std::string(member.value().get_string()));
    if (!wrong.empty()) return refuse(400, wrong);
  }
  hubspot.switches() = switches;
  return done();
}

SimulatedReply external_traffic(SimulatedHubSpot& hubspot, AdminOrder order, Instant now) {
  const auto requests = order.count("requests", 1);
  const auto rate = order.number("per_second");
  if (rate && *rate != 0 && !(*rate >= 0.001 && *rate <= 1000)) {
    order.refuse(R"("per_second" takes 0, or a number from 0.001 to 1000)");
  }
  if (requests.has_value() == rate.has_value()) {
    order.refuse(R"(external traffic needs either "requests": N or "per_second": N)");
  }
  const std::string problem = order.problem();
  if (!problem.empty()) return refuse(400, problem);
  if (requests) hubspot.external_requests(static_cast<std::uint32_t>(*requests), now);
  if (rate) hubspot.external_rate(*rate, now);
  return done();
}

SimulatedReply handle_post(SimulatedHubSpot& hubspot, std::string_view what, std::string_view body,
                           Instant now) {
  json::error_code error;
  const json::value order = json::parse({body.data(), body.size()}, error);
  if (error || !order.is_object()) return refuse(400, "the body must be a JSON object");
  if (what == "faults") return change_faults(hubspot, AdminOrder(order.get_object()));
  if (what == "switches") return change_switches(hubspot, order.get_object());
  if (what == "external-traffic")
    return external_traffic(hubspot, AdminOrder(order.get_object()), now);
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
