#include "simulator/server/https_client.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <optional>

namespace payferry::simulator {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

struct HttpsClient::Impl {
  using Stream = asio::ssl::stream<tcp::socket>;

  void connect();
  ClientAnswer take_answer();

  asio::io_context context;
  asio::ssl::context tls{asio::ssl::context::tls_client};
  std::uint16_t port = 0;
  std::optional<Stream> stream;
  boost::beast::flat_buffer buffer;
  boost::system::error_code write_error;
  SSL_SESSION* session = nullptr;
};

void HttpsClient::Impl::connect() {
  stream.emplace(context, tls);
  stream->next_layer().connect({asio::ip::address_v4::loopback(), port});
  stream->set_verify_mode(asio::ssl::verify_peer);
  stream->set_verify_callback(asio::ssl::host_name_verification("localhost"));
  SSL_set_tlsext_host_name(stream->native_handle(), "localhost");
  if (session != nullptr) SSL_set_session(stream->native_handle(), session);
  stream->handshake(asio::ssl::stream_base::client);
  buffer.clear();
}

ClientAnswer HttpsClient::Impl::take_answer() {
  ClientAnswer answer;
  boost::system::error_code error = write_error;
  http::response<http::string_body> response;
  if (!error) http::read(*stream, buffer, response, error);
  if (error) {
    answer.failure = error.message();
    stream.reset();
    return answer;
  }
  answer.status = static_cast<int>(response.result_int());
  answer.body = response.body();
  for (const auto& field : response) {
    std::string name(field.name_string().data(), field.name_string().size());
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    answer.headers[name] = std::string(field.value().data(), field.value().size());
  }
  if (!response.keep_alive()) stream.reset();
  return answer;
}

HttpsClient::HttpsClient(std::uint16_t port, const std::string& ca_certificate)
    : impl_(std::make_unique<Impl>()) {
  impl_->port = port;
  impl_->tls.add_certificate_authority(asio::buffer(ca_certificate));
}

HttpsClient::~HttpsClient() {
  SSL_SESSION_free(impl_->session);
}

ClientAnswer HttpsClient::send(const std::string& method, const std::string& target,
                               const std::string& body) {
  ask(method, target, body);
  return answer();
}

void HttpsClient::ask(const std::string& method, const std::string& target,
                      const std::string& body) {
  if (!impl_->stream) impl_->connect();
  http::request<http::string_body> request;
  request.method_string(method);
  request.target(target);
  request.version(11);
  request.set(http::field::host, "localhost");
  request.set(http::field::authorization, "Bearer pat-na1-test");
  request.body() = body;
  request.prepare_payload();
  http::write(*impl_->stream, request, impl_->write_error);
}

ClientAnswer HttpsClient::answer() {
  return impl_->take_answer();
}

void HttpsClient::disconnect() {
  if (!impl_->stream) return;
  SSL_SESSION_free(impl_->session);
  impl_->session = SSL_get1_session(impl_->stream->native_handle());
  // Without it OpenSSL takes the session of a connection that just ends for a bad one.
  SSL_set_shutdown(impl_->stream->native_handle(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
  impl_->stream.reset();
}

bool HttpsClient::resumed() const {
  return impl_->stream && SSL_session_reused(impl_->stream->native_handle()) == 1;
}

}  // namespace payferry::simulator
