#include "net/tls_context.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "net/setup_error.hpp"
#include "support/wire_fixture.hpp"

namespace payferry {
namespace {

using namespace std::chrono_literals;
using test::Certificate;
using test::CertificateWish;
using test::make_certificate;
using test::make_ocsp_status;
using test::PeerStream;
using test::PeerTls;
using test::TestTrust;
using testing::HasSubstr;

void answer_all(PeerStream& stream) {
  while (!stream.read_request().empty()) {
    stream.write(test::http_answer(200, stream.is_resumed() ? "resumed" : "anew"));
  }
}

class TlsTest : public testing::Test, public test::WireFixture {
 protected:
  void serve_with(const Certificate& certificate) {
    PeerTls tls;
    tls.certificate = certificate;
    serve_as(std::move(tls), answer_all);
  }
  /// Nothing of the request may have gone out.
  void expect_untrusted(const std::string& because) {
    const Answer answer = post("{}");
    EXPECT_EQ(answer.reach, Reach::not_sent);
    EXPECT_EQ(answer.failure_kind, FailureKind::tls_untrusted);
    EXPECT_THAT(answer.failure, HasSubstr(because));
    EXPECT_EQ(listener.count, 0);
    pool.reset();
  }
  void expect_setup_error(const std::string& because) {
    try {
      const TlsContext tls_context(hubspot, "localhost");
      ADD_FAILURE() << "taken, in spite of: " << because;
    } catch (const SetupError& error) {
      EXPECT_THAT(error.what(), HasSubstr(because));
    }
  }
};

TEST_F(TlsTest, ACertificateOfATrustedAuthorityForThisAddressIsTaken) {
  serve_with(TestTrust::instance().server);
  EXPECT_EQ(post("{}").status, 200);
}

TEST_F(TlsTest, ACertificateForThisNameIsTaken) {
  serve_with(TestTrust::instance().server);
  hubspot.base_url = "https://localhost:" + std::to_string(peer->port());
  const Answer answer = post("{}");
  EXPECT_EQ(answer.status, 200) << answer.failure;
}

TEST_F(TlsTest, ASelfSignedCertificateIsUntrusted) {
  serve_with(make_certificate(CertificateWish()));
  expect_untrusted("is self-signed");
}

TEST_F(TlsTest, ASelfSignedCertificateNamedInCaFileIsTaken) {
  const Certificate certificate = make_certificate(CertificateWish());
  const test::TemporaryFile file(certificate.certificate);
  hubspot.ca_file = file.path();
  serve_with(certificate);
  EXPECT_EQ(post("{}").status, 200);
}

TEST_F(TlsTest, AnUnknownAuthorityIsUntrusted) {
  CertificateWish wish = TestTrust::authority_wish();
  wish.common_name = "somebody else";
  const Certificate other = make_certificate(wish);
  serve_with(make_certificate(CertificateWish(), &other));
  expect_untrusted("issued by an authority that is not trusted here");
}

TEST_F(TlsTest, TheSystemsRootsDoNotKnowTheTestAuthority) {
  serve_with(TestTrust::instance().server);
  hubspot.ca_file.reset();
  expect_untrusted("not trusted here");
}

TEST_F(TlsTest, AnExpiredCertificateIsUntrusted) {
  CertificateWish wish;
  wish.valid_from = -48h;
  wish.valid_until = -1h;
  serve_with(make_certificate(wish, &TestTrust::instance().authority));
  expect_untrusted("has expired");
}

TEST_F(TlsTest, ACertificateOfTheFutureIsUntrusted) {
  CertificateWish wish;
  wish.valid_from = 24h;
  wish.valid_until = 48h;
  serve_with(make_certificate(wish, &TestTrust::instance().authority));
  expect_untrusted("is not yet valid");
}

TEST_F(TlsTest, ACertificateForAnotherNameOrAddressIsUntrusted) {
  CertificateWish wish;
  wish.common_name = "api.example";
  wish.names = {"DNS:api.example", "IP:127.0.0.2"};
  serve_with(make_certificate(wish, &TestTrust::instance().authority));
  expect_untrusted("is not for the host name 127.0.0.1");
  hubspot.base_url = "https://localhost:" + std::to_string(peer->port());
  expect_untrusted("is not for the host name localhost");
}

TEST_F(TlsTest, AWildcardCoversOneLabelOnly) {
  CertificateWish wish;
  wish.names = {"DNS:*.localhost"};
  serve_with(make_certificate(wish, &TestTrust::instance().authority));
  hubspot.base_url = "https://localhost:" + std::to_string(peer->port());
  expect_untrusted("is not for the host name localhost");
}

TEST_F(TlsTest, AWeakKeyIsUntrustedWhateverTheSystemsOpenSslAllows) {
  CertificateWish wish;
  wish.rsa_bits = 1024;
  serve_with(make_certificate(wish, &TestTrust::instance().authority));
  expect_untrusted("has a key too weak");
}

TEST_F(TlsTest, AWeakDigestIsUntrusted) {
  CertificateWish wish;
  wish.is_signed_by_sha1 = true;
  serve_with(make_certificate(wish, &TestTrust::instance().authority));
  expect_untrusted("signed with too weak a digest");
}

class StapledStatusTest : public TlsTest {
 protected:
  void serve_stapled(std::string status) {
    PeerTls tls;
    tls.certificate = trust_.server;
    tls.stapled_status = std::move(status);
    serve_as(std::move(tls), answer_all);
  }
  const TestTrust& trust_ = TestTrust::instance();
};

TEST_F(StapledStatusTest, ARevokedCertificateIsUntrusted) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    PeerTls tls;
    tls.certificate = trust_.server;
    tls.max_version = version;
    tls.stapled_status = make_ocsp_status(trust_.server, trust_.authority, true);
    serve_as(std::move(tls), answer_all);
    expect_untrusted("has been revoked");
  }
}

TEST_F(StapledStatusTest, ACertificateInGoodStandingIsTaken) {
  serve_stapled(make_ocsp_status(trust_.server, trust_.authority, false));
  EXPECT_EQ(post("{}").status, 200);
}

TEST_F(StapledStatusTest, WhatIsSaidOfAnotherCertificateOrByAnotherDoesNotCount) {
  const Certificate other = make_certificate(CertificateWish(), &trust_.authority);
  serve_stapled(make_ocsp_status(other, trust_.authority, true));
  EXPECT_EQ(post("{}").status, 200);
  pool.reset();
  const Certificate stranger = make_certificate(TestTrust::authority_wish());
  serve_stapled(make_ocsp_status(trust_.server, stranger, true));
  EXPECT_EQ(post("{}").status, 200);
  pool.reset();
  serve_stapled("no status");
  EXPECT_EQ(post("{}").status, 200);
}

TEST_F(TlsTest, TheProbeTellsAnUntrustedCertificate) {
  serve_with(make_certificate(CertificateWish()));
  const auto failure = test::run_sync(context, the_pool().probe());
  ASSERT_TRUE(failure.has_value());
  EXPECT_EQ(failure->kind, FailureKind::tls_untrusted);
}

TEST_F(TlsTest, LessThanTls12IsRefused) {
  PeerTls tls;
  tls.certificate = TestTrust::instance().server;
  tls.max_version = TLS1_1_VERSION;
  serve_as(std::move(tls), answer_all);
  const Answer answer = post("{}");
  EXPECT_EQ(answer.reach, Reach::not_sent);
  EXPECT_EQ(answer.failure_kind, FailureKind::tls_failed);
  EXPECT_THAT(answer.failure, HasSubstr("offers no TLS 1.2 or later"));
}

TEST_F(TlsTest, Tls12IsTakenAndResumed) {
  PeerTls tls;
  tls.certificate = TestTrust::instance().server;
  tls.max_version = TLS1_2_VERSION;
  serve_as(std::move(tls), [](PeerStream& stream) {
    stream.read_request();
    stream.write(
        test::http_answer(200, stream.is_resumed() ? "resumed" : "anew", "Connection: close\r\n"));
    stream.read_to_end();
  });
  EXPECT_EQ(post("{}").body, "anew");
  EXPECT_EQ(post("{}").body, "resumed");
  EXPECT_EQ(pool->counters().resumed, 1u);
}

TEST_F(TlsTest, OfTheSuitesTheOneThatCostsLeastIsAskedForFirst) {
  serve(true, [](PeerStream& stream) {
    stream.read_request();
    stream.write(test::http_answer(200, stream.cipher()));
    stream.read_to_end();
  });
  EXPECT_EQ(post("{}").body, "TLS_AES_128_GCM_SHA256");
}

TEST_F(TlsTest, ASecondConnectionResumesTheSession) {
  serve(true, [](PeerStream& stream) {
    stream.read_request();
    stream.write(
        test::http_answer(200, stream.is_resumed() ? "resumed" : "anew", "Connection: close\r\n"));
    stream.read_to_end();
  });
  EXPECT_EQ(post("{}").body, "anew");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(post("{}").body, "resumed");
  EXPECT_EQ(pool->counters().handshakes, 4u);
  EXPECT_EQ(pool->counters().resumed, 3u);
}

TEST_F(TlsTest, AServerWithoutTlsIsToldApart) {
  test::ScriptedPeer plain([](PeerStream& stream) {
    stream.read(10);
    stream.write("HTTP/1.1 400 Bad Request\r\n\r\n");
    stream.read_to_end();
  });
  hubspot.base_url = "https://127.0.0.1:" + std::to_string(plain.port());
  const Answer answer = post("{}");
  EXPECT_EQ(answer.failure_kind, FailureKind::tls_failed);
  EXPECT_THAT(answer.failure, HasSubstr("does not speak TLS"));
}

TEST_F(TlsTest, AConnectionClosedAmidTheHandshakeIsClosed) {
  test::ScriptedPeer rude([](PeerStream& stream) { stream.read(10); });
  hubspot.base_url = "https://127.0.0.1:" + std::to_string(rude.port());
  const Answer answer = post("{}");
  EXPECT_EQ(answer.reach, Reach::not_sent);
  EXPECT_EQ(answer.failure_kind, FailureKind::closed);
  EXPECT_THAT(answer.failure, HasSubstr("during the TLS handshake"));
}

TEST_F(TlsTest, AClientCertificateIsShownWhereThereIsOne) {
  const Certificate& authority = TestTrust::instance().authority;
  const Certificate client = make_certificate(CertificateWish(), &authority);
  const test::TemporaryFile certificate(client.certificate);
  const test::TemporaryFile key(client.key);
  PeerTls tls;
  tls.certificate = TestTrust::instance().server;
  tls.client_ca = authority.certificate;
  serve_as(std::move(tls), answer_all);
  const Answer without = post("{}");
  EXPECT_NE(without.reach, Reach::answered);
  pool.reset();
  hubspot.client_certificate_file = certificate.path();
  hubspot.client_key_file = key.path();
  const Answer with = post("{}");
  EXPECT_EQ(with.status, 200) << with.failure;
}

TEST_F(TlsTest, FilesThatCannotBeUsedAreNamedWithTheRemedy) {
  hubspot.ca_file = "/nonexistent/ca.pem";
  expect_setup_error("ca_file \"/nonexistent/ca.pem\" cannot be read (No such file or directory)");
  const test::TemporaryFile empty("");
  hubspot.ca_file = empty.path();
  expect_setup_error("is empty");
  const test::TemporaryFile text("hello\n");
  hubspot.ca_file = text.path();
  expect_setup_error("holds no certificate");
  hubspot.ca_file.reset();
  hubspot.client_certificate_file = text.path();
  expect_setup_error("client_certificate_file");
  const Certificate one = make_certificate(CertificateWish());
  const Certificate two = make_certificate(CertificateWish());
  const test::TemporaryFile certificate(one.certificate);
  const test::TemporaryFile wrong_key(two.key);
  hubspot.client_certificate_file = certificate.path();
  hubspot.client_key_file = wrong_key.path();
  expect_setup_error("client_key_file");
}

}  // namespace
}  // namespace payferry
