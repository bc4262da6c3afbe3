#include "net/hubspot_client.hpp"

#include <algorithm>
#include <array>

#include "config/secret.hpp"
#include "model/batch_answer.hpp"
#include "model/failure.hpp"
#include "net/api_path.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

/// Contract §3.6: of the 401s only that of a token that has expired, as for whoever sends again.
bool says_expired(const Answer& answer) {
  if (answer.status != 401) return false;
  const BatchAnswer body = decode_batch_answer(answer.body, AnswerInterest());
  return classify_failure(answer, body).reaction == Reaction::refresh;
}

/// A fault, a limit or a lock may come before anybody looked at the token.
bool says_accepted(const Answer& answer) {
  if (answer.reach != Reach::answered || answer.status >= 500) return false;
  constexpr std::array kTellNothing{401, 423, 429, 477};
  return std::find(kTellNothing.begin(), kTellNothing.end(), answer.status) == kTellNothing.end();
}

Answer without_token(const AuthorizationFailure& failure) {
  const FailureKind kind = failure.is_permanent ? FailureKind::unauthorized : failure.cause;
  Answer answer(Reach::not_sent, failure.text, kind);
  answer.retry_after = failure.retry_after;
  return answer;
}

/// What HubSpot says is logged and reported.
void mask_token(Answer& answer, std::string_view authorization) {
  const std::string_view token = authorization.substr(authorization.find(' ') + 1);
  mask_secret(answer.body, token);
  mask_secret(answer.correlation_id, token);
}

}  // namespace

HubSpotClient::HubSpotClient(const HubSpotSettings& settings, const std::string& path_prefix,
                             Transport& transport, Authorization& authorization)
    : path_prefix_(path_prefix),
      api_version_(settings.api_version),
      object_(settings.object),
      transport_(transport),
      authorization_(authorization) {}

std::string HubSpotClient::target_of(const ApiCall& call) const {
  const std::string& object = call.object.empty() ? object_ : call.object;
  return path_prefix_ + api_path(call.endpoint, api_version_, object, call.to_object);
}

asio::awaitable<Answer> HubSpotClient::call(const ApiCall& call, SendListener& listener) {
  auto header = co_await authorization_.header();
  if (!header) co_return without_token(header.error());
  HttpRequest request(api_method(call.endpoint), target_of(call), call.body);
  request.authorization = std::move(header->value);
  Answer answer = co_await transport_.exchange(request, listener);
  mask_token(answer, request.authorization);
  if (says_expired(answer)) authorization_.invalidate(header->issue);
  if (says_accepted(answer)) authorization_.accepted();
  co_return answer;
}

}  // namespace payferry
