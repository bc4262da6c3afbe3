#include "bench/simulator/core/simulated_hubspot.hpp"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "bench/simulator/core/account.hpp"
#include "bench/simulator/core/authentication.hpp"
#include "bench/simulator/core/dispatch.hpp"
#include "bench/simulator/core/fault_effect.hpp"
#include "bench/simulator/core/rate_limits.hpp"
#include "bench/simulator/core/route.hpp"

namespace payferry::simulator {

namespace {

/// A request whose connection is gone, but which still runs on the server.
struct LateRequest {
  Instant due{};
  std::uint64_t number = 0;
  std::string method;
  std::string target;
  std::string body;
};

Omission omission_of(std::optional<Fault> fault) {
  if (fault == Fault::missing) return Omission::written;
  if (fault == Fault::missing_uncommitted) return Omission::unwritten;
  return Omission::none;
}

std::string random_uuid(Random& random) {
  const std::uint64_t a = random.next();
  const std::uint64_t b = random.next();
  char text[40];
  std::snprintf(text, sizeof text, "%08x-%04x-4%03x-%04x-%012llx", static_cast<unsigned>(a >> 32U),
                static_cast<unsigned>(a >> 16U & 0xffffU), static_cast<unsigned>(a & 0xfffU),
                static_cast<unsigned>(0x8000U | (b >> 48U & 0x3fffU)),
                static_cast<unsigned long long>(b & 0xffffffffffffU));
  return text;
}

void put(SimulatedReply& reply, Response response) {
  reply.status = response.status;
  reply.body = std::move(response.body);
  reply.content_type = response.content_type;
}

}  // namespace

struct SimulatedHubSpot::Impl {
  explicit Impl(const SimulatorOptions& the_options)
      : options(the_options),
        random(options.seed),
        account(options.account, random),
        authentication(options.access),
        limits(options.limits, account.clock()),
        faults(options.faults) {}

  SimulatedReply handle(const SimulatedRequest& request, Instant now);
  void answer(const SimulatedRequest& request, const Route& route, SimulatedReply& reply,
              Instant now);
  bool refuse_caller(const SimulatedRequest& request, const Route& route, SimulatedReply& reply,
                     Instant now);
  bool refuse_over_limit(const Caller& caller, RequestClass kind, SimulatedReply& reply,
                         Instant now);
  void carry_out(const SimulatedRequest& request, const Route& route, SimulatedReply& reply,
                 Instant now, std::optional<Fault> fault);
  void suffer(Fault fault, const SimulatedRequest& request, SimulatedReply& reply, Instant now);
  void keep_running(const SimulatedRequest& request, Instant now);
  CallContext context_for(const Route& route, const SimulatedReply& reply, Instant now,
                          std::uint64_t number);
  void advance(Instant now);
  std::chrono::milliseconds draw_latency();
  void keep_statistics(const Route& route, const SimulatedReply& reply);

  SimulatorOptions options;
  Random random;
  Account account;
  Authentication authentication;
  RateLimits limits;
  FaultInjector faults;
  Ledger ledger;
  Statistics statistics;
  std::uint64_t requests = 0;
  std::vector<LateRequest> late;
};

SimulatedReply SimulatedHubSpot::Impl::handle(const SimulatedRequest& request, Instant now) {
  const Instant here = now + options.clock_skew;
  advance(now);
  ++requests;
  const Route route = find_route(request.method, request.target);
  SimulatedReply reply;
  reply.correlation_id = random_uuid(random);
  reply.delay = draw_latency();
  answer(request, route, reply, here);
  reply.date = here + reply.delay;
  keep_statistics(route, reply);
  return reply;
}

void SimulatedHubSpot::Impl::answer(const SimulatedRequest& request, const Route& route,
                                    SimulatedReply& reply, Instant now) {
  if (route.operation == Operation::unknown) return put(reply, unknown_path());
  if (route.operation != Operation::oauth_token && refuse_caller(request, route, reply, now))
    return;
  const std::optional<Fault> fault = faults.draw(class_of(route.operation), random);
  if (fault) ++statistics.faults.at(static_cast<std::size_t>(*fault));
  if (!fault || writes_first(*fault)) carry_out(request, route, reply, now, fault);
  if (fault) suffer(*fault, request, reply, now);
}

/// 401, 403 or 429; true where it was answered so.
bool SimulatedHubSpot::Impl::refuse_caller(const SimulatedRequest& request, const Route& route,
                                           SimulatedReply& reply, Instant now) {
  ApiError error;
  const std::optional<Caller> caller = authentication.identify(request.authorization, now, error);
  if (!caller) {
    put(reply, {error.status, error_body(error, reply.correlation_id)});
    return true;
  }
  const RequestClass kind = class_of(route.operation);
  const bool over_limit = refuse_over_limit(*caller, kind, reply, now);
  reply.rate = limits.headers(*caller, kind, now);
  if (over_limit) return true;
  const ObjectData* object = account.find(route.object);
  const std::string scope = object == nullptr ? std::string() : object->type->scope();
  const auto missing = authentication.check_scopes(route.operation, scope);
  if (missing) put(reply, {missing->status, error_body(*missing, reply.correlation_id)});
  return missing.has_value();
}

bool SimulatedHubSpot::Impl::refuse_over_limit(const Caller& caller, RequestClass kind,
                                               SimulatedReply& reply, Instant now) {
  const auto throttle = limits.count(caller, kind, now, options.switches.throttled_requests_count);
  if (!throttle) return false;
  ++statistics.throttled;
  put(reply, {429, throttle_body(throttle->policy, reply.correlation_id,
                                 account.options().portal_id, options.switches.policy_name)});
  if (options.switches.retry_after_429) {
    reply.retry_after = std::max(std::chrono::seconds(1),
                                 std::chrono::ceil<std::chrono::seconds>(throttle->free_at - now));
  }
  return true;
}

CallContext SimulatedHubSpot::Impl::context_for(const Route& route, const SimulatedReply& reply,
                                                Instant now, std::uint64_t number) {
  return {.account = account,
          .switches = options.switches,
          .random = random,
          .ledger = ledger,
          .statistics = statistics,
          .now = now,
          .completed_at = now + reply.delay,
          .request = number,
          .correlation_id = reply.correlation_id,
          .version = route.version,
          .keep_properties = options.keep_properties,
          .keep_ledger = options.keep_ledger};
}

void SimulatedHubSpot::Impl::carry_out(const SimulatedRequest& request, const Route& route,
                                       SimulatedReply& reply, Instant now,
                                       std::optional<Fault> fault) {
  if (route.operation == Operation::oauth_token) {
    auto token = authentication.give_token(request.body, now, random);
    return put(reply, {token.status, std::move(token.body)});
  }
  CallContext context = context_for(route, reply, now, requests);
  context.omission = omission_of(fault);
  put(reply,
      dispatch(context, route, account.find(route.object), request.body, options.limits, limits));
}

void SimulatedHubSpot::Impl::suffer(Fault fault, const SimulatedRequest& request,
                                    SimulatedReply& reply, Instant now) {
  if (fault == Fault::late_commit) keep_running(request, now);
  if (fault == Fault::expired) authentication.expire(request.authorization, now);
  const FaultScene scene{.plan = faults.plan(),
                         .random = random,
                         .now = now,
                         .portal_id = account.options().portal_id,
                         .policy_name = options.switches.policy_name};
  show_fault(fault, scene, reply);
}

void SimulatedHubSpot::Impl::keep_running(const SimulatedRequest& request, Instant now) {
  late.push_back({now - options.clock_skew + faults.plan().late_commit_after, requests,
                  std::string(request.method), std::string(request.target),
                  std::string(request.body)});
}

void SimulatedHubSpot::Impl::advance(Instant now) {
  while (!late.empty()) {
    const auto first =
        std::min_element(late.begin(), late.end(),
                         [](const auto& left, const auto& right) { return left.due < right.due; });
    if (first->due > now) return;
    const LateRequest request = std::move(*first);
    late.erase(first);
    const Route route = find_route(request.method, request.target);
    CallContext context = context_for(route, {}, request.due + options.clock_skew, request.number);
    dispatch(context, route, account.find(route.object), request.body, options.limits, limits);
  }
}

std::chrono::milliseconds SimulatedHubSpot::Impl::draw_latency() {
  if (options.jitter.count() == 0) return options.latency;
  const double share = random.fraction() * 2 - 1;
  const auto jitter =
      static_cast<std::int64_t>(share * static_cast<double>(options.jitter.count()));
  return std::max(std::chrono::milliseconds(0),
                  options.latency + std::chrono::milliseconds(jitter));
}

void SimulatedHubSpot::Impl::keep_statistics(const Route& route, const SimulatedReply& reply) {
  statistics.requests = requests;
  statistics.peak_window = limits.peak();
  statistics.daily_used = limits.daily_used();
  const int status = reply.delivery == Delivery::answered ? reply.status : 0;
  ++statistics.answers[{std::string(name_of(route.operation)), status}];
}

SimulatedHubSpot::SimulatedHubSpot(const SimulatorOptions& options)
    : impl_(std::make_unique<Impl>(options)) {}
SimulatedHubSpot::~SimulatedHubSpot() = default;

SimulatedReply SimulatedHubSpot::handle(const SimulatedRequest& request, Instant now) {
  return impl_->handle(request, now);
}

void SimulatedHubSpot::advance(Instant now) {
  impl_->advance(now);
}

std::optional<Instant> SimulatedHubSpot::next_late_commit() const {
  std::optional<Instant> next;
  for (const LateRequest& request : impl_->late)
    next = next ? std::min(*next, request.due) : request.due;
  return next;
}

void SimulatedHubSpot::external_requests(std::uint32_t count, Instant now) {
  impl_->limits.external_requests(count, now + impl_->options.clock_skew);
}

void SimulatedHubSpot::external_rate(double requests_per_second, Instant now) {
  impl_->limits.external_rate(requests_per_second, now + impl_->options.clock_skew);
}

FaultInjector& SimulatedHubSpot::faults() {
  return impl_->faults;
}
SimulatorSwitches& SimulatedHubSpot::switches() {
  return impl_->options.switches;
}
const Ledger& SimulatedHubSpot::ledger() const {
  return impl_->ledger;
}
Statistics& SimulatedHubSpot::statistics() {
  return impl_->statistics;
}

std::size_t SimulatedHubSpot::live_records(std::string_view object) const {
  const ObjectData* const data = impl_->account.find(object);
  return data == nullptr ? 0 : data->records.live();
}

std::optional<std::string> SimulatedHubSpot::value_of(std::string_view object,
                                                      std::string_view unique_property,
                                                      std::string_view unique_value,
                                                      std::string_view property) const {
  ObjectData* const data = impl_->account.find(object);
  if (data == nullptr) return std::nullopt;
  const auto key = data->type->find(unique_property);
  const auto wanted = data->type->find(property);
  Record* const record = key ? data->records.find_unique(*key, unique_value) : nullptr;
  if (record == nullptr || record->archived || !wanted) return std::nullopt;
  const auto value = record->properties.find(*wanted);
  return value ? std::optional(std::string(*value)) : std::nullopt;
}

}  // namespace payferry::simulator
