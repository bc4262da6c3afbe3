#include "net/answer_parser.hpp"

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <charconv>
#include <limits>
#include <optional>
#include <vector>

#include "model/instant.hpp"

namespace payferry {

namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using beast::error_code;

constexpr std::size_t kFirstBufferBytes = 16 * 1024;
/// TLS hands over no more at a time (a record).
constexpr std::size_t kMostBodyBytesAtOnce = 16 * 1024;
/// What is set aside for a body on its length's word alone: saying is cheap.
constexpr std::uint64_t kMostReservedBytes = 1024 * 1024;

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string_view to_std(beast::string_view text) {
  return {text.data(), text.size()};
}

/// Picks what an Answer wants out of Beast's parser, so that no header field is stored that nobody
/// reads.
class FieldPicker final : public http::basic_parser<false> {
 public:
  FieldPicker() {
    eager(true);
    header_limit(kMaxAnswerHeaderBytes);
    body_limit(kMaxAnswerBodyBytes);
  }

  Answer take(Instant received_at) {
    if (retry_at_) {
      const auto wait = *retry_at_ - answer_.date.value_or(received_at);
      answer_.retry_after = std::clamp(std::chrono::ceil<std::chrono::seconds>(wait),
                                       std::chrono::seconds(0), kLongestRetryAfter);
    }
    answer_.received_at = received_at;
    answer_.reach = Reach::answered;
    return std::move(answer_);
  }

  int status() const { return answer_.status; }
  std::string& body() { return answer_.body; }
  bool is_compressed() const { return is_compressed_; }

 private:
  void on_request_impl(http::verb, beast::string_view, beast::string_view, int,
                       error_code&) override {}

  void on_response_impl(int code, beast::string_view, int, error_code&) override {
    answer_.status = code;
  }

  void on_field_impl(http::field name, beast::string_view name_text, beast::string_view value,
                     error_code& error) override {
    if (name == http::field::content_encoding) {
      // Requests ask for none: expanding what a server was not asked for is how it fills a memory.
      is_compressed_ = !value.empty() && !beast::iequals(value, "identity");
      if (is_compressed_) error = http::error::bad_value;
    } else if (name == http::field::date) {
      answer_.date = parse_http_date(to_std(value));
    } else if (name == http::field::retry_after) {
      read_retry_after(to_std(value));
    } else if (name == http::field::unknown) {
      read_hubspot_field(name_text, to_std(value));
    }
  }

  void on_header_impl(error_code&) override {}

  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    if (length) answer_.body.reserve(std::min(*length, kMostReservedBytes) + 1);
  }

  std::size_t on_body_impl(beast::string_view body, error_code&) override {
    answer_.body.append(body.data(), body.size());
    return body.size();
  }

  void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code&) override {}

  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view body,
                                 error_code& error) override {
    if (answer_.body.size() + body.size() > kMaxAnswerBodyBytes) error = http::error::body_limit;
    return on_body_impl(body, error);
  }

  void on_finish_impl(error_code&) override {}

  void read_retry_after(std::string_view value) {
    if (const auto seconds = parse_number<std::uint32_t>(value)) {
      answer_.retry_after = std::min(std::chrono::seconds(*seconds), kLongestRetryAfter);
    } else {
      retry_at_ = parse_http_date(value);
    }
  }

  /// Contract §4.2.
  void read_hubspot_field(beast::string_view name, std::string_view value) {
    constexpr beast::string_view kCommon = "x-hubspot-";
    if (name.size() <= kCommon.size() || !beast::iequals(name.substr(0, kCommon.size()), kCommon))
      return;
    const auto rest = name.substr(kCommon.size());
    RateHeaders& rate = answer_.rate;
    if (beast::iequals(rest, "ratelimit-max")) {
      rate.max = parse_number<std::uint32_t>(value);
    } else if (beast::iequals(rest, "ratelimit-remaining")) {
      rate.remaining = parse_number<std::uint32_t>(value);
    } else if (beast::iequals(rest, "ratelimit-interval-milliseconds")) {
      if (const auto interval = parse_number<std::uint32_t>(value))
        rate.interval.emplace(*interval);
    } else if (beast::iequals(rest, "ratelimit-daily")) {
      rate.daily = parse_number<std::uint64_t>(value);
    } else if (beast::iequals(rest, "ratelimit-daily-remaining")) {
      rate.daily_remaining = parse_number<std::uint64_t>(value);
    } else if (beast::iequals(rest, "correlation-id")) {
      answer_.correlation_id = value;
    }
  }

  Answer answer_;
  std::optional<Instant> retry_at_;
  bool is_compressed_ = false;
};

}  // namespace

/// A body whose length is known is read straight to its place, and Beast sees no more of it than
/// came with the header.
struct AnswerParser::Impl {
  std::optional<FieldPicker> parser;
  bool body_follows = true;
  std::vector<char> buffer = std::vector<char>(kFirstBufferBytes);
  std::size_t begin = 0;  ///< what is read and not yet parsed: [begin, end)
  std::size_t end = 0;
  bool reads_straight = false;  ///< into the body: everything from here on belongs there
  std::size_t body_read = 0;    ///< then: how much of it is there; some room follows
  bool surplus_was_read = false;
  int interim_answers = 0;
  error_code error;

  void restart() {
    parser.emplace();
    if (!body_follows) parser->skip(true);
  }

  State parse() {
    while (begin < end) {
      const std::size_t used = parser->put({buffer.data() + begin, end - begin}, error);
      begin += used;
      if (error == http::error::need_more) {
        error = {};
        // Beast bounds headers, but neither a chunk's header nor the trailers.
        if (end - begin > kMaxAnswerHeaderBytes) error = http::error::header_limit;
        return error ? State::failed : State::incomplete;
      }
      if (error) return State::failed;
      if (!parser->is_done()) continue;
      if (!is_interim()) return State::complete;
      if (++interim_answers > kMaxInterimAnswers) {
        error = http::error::header_limit;
        return State::failed;
      }
      restart();
    }
    reads_straight = parser->is_header_done() && parser->content_length();
    body_read = parser->body().size();
    return State::incomplete;
  }

  std::size_t body_left() const { return *parser->content_length() - body_read; }

  /// With room for one byte more than belongs there, so that a surplus shows.
  std::span<char> body_space() {
    const std::size_t room = std::min(body_left() + 1, kMostBodyBytesAtOnce);
    parser->body().resize(body_read + room);
    return {parser->body().data() + body_read, room};
  }

  State body_received(std::size_t size) {
    surplus_was_read = size > body_left();
    body_read += std::min(size, body_left());
    if (body_left() > 0) return State::incomplete;
    parser->body().resize(body_read);
    return State::complete;
  }

  /// 101 is final: the far side would speak something else from there on.
  bool is_interim() const { return parser->status() / 100 == 1 && parser->status() != 101; }
};

AnswerParser::AnswerParser() : impl_(std::make_unique<Impl>()) {}
AnswerParser::~AnswerParser() = default;

void AnswerParser::start(bool body_follows) {
  impl_->body_follows = body_follows;
  impl_->begin = impl_->end = 0;
  impl_->reads_straight = impl_->surplus_was_read = false;
  impl_->interim_answers = 0;
  impl_->error = {};
  impl_->restart();
}

std::span<char> AnswerParser::space() {
  Impl& impl = *impl_;
  if (impl.reads_straight) return impl.body_space();
  if (impl.begin == impl.end) impl.begin = impl.end = 0;
  if (impl.end == impl.buffer.size() && impl.begin > 0) {
    std::copy(impl.buffer.begin() + static_cast<std::ptrdiff_t>(impl.begin), impl.buffer.end(),
              impl.buffer.begin());
    impl.end -= impl.begin;
    impl.begin = 0;
  }
  // Bounded: the parser fails when a header does not end within its limit.
  if (impl.end == impl.buffer.size()) impl.buffer.resize(2 * impl.buffer.size());
  return {impl.buffer.data() + impl.end, impl.buffer.size() - impl.end};
}

AnswerParser::State AnswerParser::received(std::size_t size) {
  if (impl_->reads_straight) return impl_->body_received(size);
  impl_->end += size;
  return impl_->parse();
}

AnswerParser::State AnswerParser::ended() {
  if (!impl_->parser->is_header_done()) {
    impl_->error = http::error::partial_message;
    return State::failed;
  }
  if (is_complete()) return State::complete;
  impl_->parser->put_eof(impl_->error);  // Beast refuses it where a body's length is known
  return impl_->error ? State::failed : State::complete;
}

bool AnswerParser::is_answering() const {
  return impl_->parser->is_header_done();
}
bool AnswerParser::is_complete() const {
  return impl_->reads_straight ? impl_->body_left() == 0 : impl_->parser->is_done();
}
std::size_t AnswerParser::body_bytes() const {
  return impl_->reads_straight ? impl_->body_read : impl_->parser->body().size();
}
bool AnswerParser::has_surplus() const {
  return impl_->surplus_was_read || impl_->begin < impl_->end;
}
bool AnswerParser::keeps_alive() const {
  return impl_->parser->keep_alive();
}
Answer AnswerParser::take(Instant received_at) {
  return impl_->parser->take(received_at);
}
std::string AnswerParser::error() const {
  if (impl_->parser->is_compressed()) return "it is compressed, which was not asked for";
  return impl_->error.message();
}

}  // namespace payferry
