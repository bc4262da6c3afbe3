#include "net/oauth_token.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "model/clean_text.hpp"

namespace payferry {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

/// Longer than any request takes, so that no token expires on the way.
constexpr std::chrono::seconds kMargin{120};
/// Where the answer does not say (contract §9.2: 30 minutes now).
constexpr std::chrono::seconds kUsualLife{1800};
/// Several may expire within one round trip, where they live short.
constexpr unsigned kMostRefusedInARow = 5;

/// A renewal is not one of the calls that the rolling window counts.
class Unheard final : public SendListener {
  void sent(std::chrono::microseconds) override {}
};

/// Lets the others go on even when the renewal is cancelled.
struct RenewalEnd {
  bool& is_renewing;
  Event& changed;
  RenewalEnd(bool& flag, Event& event) : is_renewing(flag), changed(event) { flag = true; }
  RenewalEnd(const RenewalEnd&) = delete;
  RenewalEnd& operator=(const RenewalEnd&) = delete;
  ~RenewalEnd() {
    is_renewing = false;
    changed.notify_all();
  }
};

void append_form_encoded(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') ||
                          std::string_view("-._~").find(c) != std::string_view::npos;
    if (is_plain) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out.append({'%', kHex[byte >> 4], kHex[byte & 15]});
  }
}

json::object parse_object(const std::string& text) {
  boost::system::error_code error;
  const json::value value = json::parse(text, error);
  const json::object* object = error ? nullptr : value.if_object();
  return object != nullptr ? *object : json::object();
}

std::string text_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  const json::string* text = value != nullptr ? value->if_string() : nullptr;
  return text != nullptr ? std::string(*text) : std::string();
}

std::chrono::seconds life_of(const json::object& object) {
  const json::value* value = object.if_contains("expires_in");
  if (value == nullptr) return kUsualLife;
  boost::system::error_code error;
  const auto seconds = value->to_number<std::int64_t>(error);
  return error || seconds <= 0 ? kUsualLife
                               : std::chrono::seconds(std::min<std::int64_t>(seconds, 86400));
}

/// What each refusal of contract §9.3 asks for.
std::string remedy(const std::string& status, const std::string& error) {
  if (status == "BAD_REFRESH_TOKEN" || error == "invalid_grant") {
    return "install the app in the account again and put the new refresh token into "
           "refresh_token_env";
  }
  if (status == "BAD_CLIENT_ID" || error == "invalid_client") {
    return "correct the variables named by client_id_env and client_secret_env";
  }
  if (status == "BAD_HUB") return "install the app in the account";
  return "check the app's credentials";
}

AuthorizationFailure none_is_taken() {
  return {true, "HubSpot refused " + std::to_string(kMostRefusedInARow) +
                    " OAuth tokens in a row that it had just given; check the app and its "
                    "installation in the account"};
}

}  // namespace

OAuthToken::OAuthToken(OAuthCredentials credentials, const std::string& path_prefix,
                       Transport& transport, Time& time, asio::any_io_executor executor)
    : credentials_(std::move(credentials)),
      target_(path_prefix + "/oauth/v1/token"),
      transport_(transport),
      time_(time),
      changed_(std::move(executor)) {}

bool OAuthToken::is_fresh() const {
  return !header_.empty() && time_.now() < renew_at_;
}

void OAuthToken::invalidate(std::uint64_t issue) {
  if (header_.empty() || issue != issue_) return;
  header_ = Secret();
  ++refused_in_a_row_;
}

asio::awaitable<tl::expected<AuthorizationHeader, AuthorizationFailure>> OAuthToken::header() {
  bool has_waited = false;
  while (!is_fresh()) {
    if (refused_in_a_row_ >= kMostRefusedInARow) co_return tl::unexpected(none_is_taken());
    const bool is_final = failure_ && failure_->is_permanent;
    if (failure_ && !is_renewing_ && (has_waited || is_final)) co_return tl::unexpected(*failure_);
    has_waited = true;
    if (is_renewing_) {
      co_await changed_.wait();
    } else {
      co_await renew();
    }
  }
  co_return AuthorizationHeader(std::string(header_.reveal()), issue_);
}

std::string OAuthToken::form() const {
  std::string body = "grant_type=refresh_token&client_id=";
  append_form_encoded(body, credentials_.client_id.reveal());
  body += "&client_secret=";
  append_form_encoded(body, credentials_.client_secret.reveal());
  body += "&refresh_token=";
  append_form_encoded(body, credentials_.refresh_token.reveal());
  return body;
}

asio::awaitable<void> OAuthToken::renew() {
  const RenewalEnd end(is_renewing_, changed_);
  failure_.reset();
  const Secret body(form());
  HttpRequest request("POST", target_, body.reveal());
  request.content_type = "application/x-www-form-urlencoded";
  Unheard unheard;
  const Answer answer = co_await transport_.exchange(request, unheard);
  if (answer.reach == Reach::answered && answer.status == 200) {
    take(answer);
  } else {
    refuse(answer);
  }
}

void OAuthToken::take(const Answer& answer) {
  const json::object object = parse_object(answer.body);
  const std::string token = text_of(object, "access_token");
  if (token.empty()) {
    failure_.emplace(
        false, "HubSpot's token endpoint answered without an access token; it is tried again");
    return;
  }
  // In fine units: half of a life of one second is not nothing.
  const SteadyDuration life = life_of(object);
  header_ = Secret("Bearer " + token);
  ++issue_;
  renew_at_ = time_.now() + (life > 2 * kMargin ? life - kMargin : life / 2);
  std::string next = text_of(object, "refresh_token");
  if (!next.empty()) credentials_.refresh_token = Secret(std::move(next));
}

void OAuthToken::mask_credentials(std::string& text) const {
  for (const Secret* secret :
       {&credentials_.client_id, &credentials_.client_secret, &credentials_.refresh_token}) {
    std::string encoded;
    append_form_encoded(encoded, secret->reveal());
    mask_secret(text, encoded);
    mask_secret(text, secret->reveal());
    wipe(encoded);
  }
}

void OAuthToken::refuse(const Answer& answer) {
  if (answer.reach != Reach::answered) {
    failure_.emplace(false, "no new OAuth token: " + answer.failure);
    failure_->cause = answer.failure_kind;
    return;
  }
  const bool is_passing =
      answer.status == 429 || answer.status == 423 || answer.status == 477 || answer.status >= 500;
  if (is_passing) {
    failure_.emplace(false, "HubSpot's token endpoint answered " + std::to_string(answer.status) +
                                "; it is tried again");
    failure_->retry_after = answer.retry_after;
    return;
  }
  const json::object object = parse_object(answer.body);
  const std::string status = text_of(object, "status");
  std::string name = status.empty() ? std::to_string(answer.status) : status;
  mask_credentials(name);
  failure_.emplace(true, "HubSpot gives no OAuth token (" + clean_text(name) + "); " +
                             remedy(status, text_of(object, "error")));
}

}  // namespace payferry
