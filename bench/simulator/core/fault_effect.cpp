#include "bench/simulator/core/fault_effect.hpp"

#include <string>
#include <utility>

#include "bench/simulator/core/api_error.hpp"
#include "bench/simulator/core/authentication.hpp"
#include "bench/simulator/core/dispatch.hpp"
#include "bench/simulator/core/rate_limits.hpp"

namespace payferry::simulator {

namespace {

void refuse(SimulatedReply& reply, const ApiError& error) {
  reply.status = error.status;
  reply.body = error_body(error, reply.correlation_id);
  reply.content_type = kJson;
}

void refuse(SimulatedReply& reply, int status, std::string category, std::string message) {
  ApiError error;
  error.status = status;
  error.category = std::move(category);
  error.message = std::move(message);
  refuse(reply, error);
}

void show_gateway_page(SimulatedReply& reply, int status) {
  Response page = gateway_page(status);
  reply.status = page.status;
  reply.body = std::move(page.body);
  reply.content_type = page.content_type;
}

void show_throttle(const FaultScene& scene, SimulatedReply& reply) {
  reply.status = 429;
  reply.body = throttle_body(LimitPolicy::ten_secondly_rolling, reply.correlation_id,
                             scene.portal_id, scene.policy_name);
}

void show_empty(const FaultScene& scene, SimulatedReply& reply) {
  if (reply.status >= 300) return;
  reply.body = "{\"status\":\"COMPLETE\",\"results\":[],\"startedAt\":\"" + to_iso8601(scene.now) +
               "\",\"completedAt\":\"" + to_iso8601(scene.now + reply.delay) + "\"}";
}

void truncate(const FaultScene& scene, SimulatedReply& reply) {
  reply.delivery = Delivery::truncated;
  reply.sent_bytes = reply.body.empty() ? 0 : scene.random.below(reply.body.size());
}

}  // namespace

/// Whether the write is done before the fault shows.
bool writes_first(Fault fault) {
  switch (fault) {
    case Fault::reset:
    case Fault::truncated:
    case Fault::stall:
    case Fault::bad_gateway:
    case Fault::gateway_timeout:
    case Fault::timeout_524:
    case Fault::server_error:
    case Fault::empty:
    case Fault::missing:
    case Fault::missing_uncommitted:
    case Fault::slow:
      return true;
    default:
      return false;
  }
}

void show_fault(Fault fault, const FaultScene& scene, SimulatedReply& reply) {
  switch (fault) {
    case Fault::late_commit:
    case Fault::reset:
    case Fault::reset_uncommitted:
      reply.delivery = Delivery::dropped;
      return;
    case Fault::stall:
    case Fault::stall_uncommitted:
      reply.delivery = Delivery::dropped;
      reply.delay = scene.plan.stall_for;
      return;
    case Fault::truncated:
      return truncate(scene, reply);
    case Fault::bad_gateway:
    case Fault::bad_gateway_uncommitted:
      return show_gateway_page(reply, 502);
    case Fault::gateway_timeout:
      return show_gateway_page(reply, 504);
    case Fault::timeout_524:
      reply.delay = scene.plan.timeout_524_after;
      return show_gateway_page(reply, 524);
    case Fault::server_error:
    case Fault::server_error_uncommitted:
      return refuse(reply, 500, "INTERNAL_ERROR", "internal error");
    case Fault::unavailable:
      return refuse(reply, 503, "SERVICE_UNAVAILABLE", "The service is temporarily unavailable.");
    case Fault::locked:
      return refuse(reply, 423, "LOCKED", "The resource is locked.");
    case Fault::moving:
      reply.retry_after = scene.plan.moving_for;
      return refuse(reply, 477, "MIGRATION_IN_PROGRESS", "The account is being migrated.");
    case Fault::throttled:
      return show_throttle(scene, reply);
    case Fault::expired:
      return refuse(reply, expired_token(scene.now - std::chrono::seconds(75), scene.now));
    case Fault::empty:
    case Fault::empty_uncommitted:
      return show_empty(scene, reply);
    case Fault::slow:
      reply.delay += scene.plan.slow_by;
      return;
    case Fault::missing:
    case Fault::missing_uncommitted:
      return;
  }
}

}  // namespace payferry::simulator
