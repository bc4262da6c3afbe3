#include <gmock/gmock.h>
#include <openssl/ssl.h>

#include <functional>
#include <mutex>
#include <set>
#include <vector>

#include "bench/simulator/core/simulated_hubspot.hpp"
#include "process/load_fixture.hpp"
#include "support/scripted_peer.hpp"

namespace payferry::test {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;

std::string head(const simulator::SimulatedReply& reply, const std::string& more) {
  return "HTTP/1.1 " + std::to_string(reply.status) +
         " Reason\r\nContent-Type: application/json\r\n" + more + "\r\n";
}

std::string whole(const simulator::SimulatedReply& reply) {
  return head(reply, "Content-Length: " + std::to_string(reply.body.size()) + "\r\n") + reply.body;
}

/// How an answer to a write is told; the write itself has been done.
using Telling = std::function<void(PeerStream&, const simulator::SimulatedReply&)>;

/// The real payferry against a HubSpot that does what it is asked, and tells of it as a script
/// says.
class HostileServerLoadTest : public LoadFixture {
 protected:
  static constexpr int kRecords = 500;

  HostileServerLoadTest() : hubspot_(simulator_.hubspot) {}
  ~HostileServerLoadTest() override { peer_.reset(); }

  void serve(PeerTls tls, ScriptedPeer::Script script) {
    peer_.emplace(std::move(script), std::move(tls));
    write("ca.pem", authority_.certificate);
    write("payments.toml",
          "[hubspot]\nbase_url = \"https://127.0.0.1:" + std::to_string(peer_->port()) +
              "\"\nca_file = \"ca.pem\"\nid_property = \"hs_external_reference_id\"\n[limits]\n"
              "requests = 100000\n[retry]\nbase = \"10ms\"\ncap = \"20ms\"\nattempts = 4\n"
              "request_timeout = \"2s\"\nsettle_after = \"20ms\"\n[properties]\n" +
              kPaymentProperties);
    std::string text = "id,amount,created,currency,status\n";
    for (int i = 0; i < kRecords; ++i)
      text += "K" + std::to_string(i) + ",12.50,2024-01-01T10:00:00Z,GBP,succeeded\n";
    write("payments.csv", text);
  }
  /// Every other write is told by `telling`, all else as it should be.
  void tell_writes(Telling telling) {
    PeerTls tls;
    tls.certificate = make_certificate(CertificateWish(), &authority_);
    serve(std::move(tls), [this, telling](PeerStream& stream) {
      for (std::string request; !(request = stream.read_request()).empty();) {
        const bool is_write = request.find("/batch/create ") != std::string::npos;
        const simulator::SimulatedReply reply = handle(request);
        if (is_write && ++writes_ % 2 == 1) {
          telling(stream, reply);
        } else {
          stream.write(whole(reply));
        }
      }
    });
  }
  simulator::SimulatedReply handle(const std::string& text) {
    const auto method_end = text.find(' ');
    const auto target_end = text.find(' ', method_end + 1);
    const auto token = text.find("Authorization: ") + 15;
    simulator::SimulatedRequest request;
    request.method = std::string_view(text).substr(0, method_end);
    request.target = std::string_view(text).substr(method_end + 1, target_end - method_end - 1);
    request.authorization = std::string_view(text).substr(token, text.find('\r', token) - token);
    request.body = std::string_view(text).substr(text.find("\r\n\r\n") + 4);
    const std::lock_guard lock(mutex_);
    return hubspot_.handle(
        request, std::chrono::time_point_cast<Instant::duration>(std::chrono::system_clock::now()));
  }

  /// Once the server has ended: what payferry had given up may still have been handled, with what
  /// the test gave it.
  const std::vector<simulator::LedgerEntry>& final_ledger() {
    peer_.reset();
    return hubspot_.ledger().entries();
  }

  void expect_every_record_once() {
    const ProcessResult result = load();
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    std::set<std::string> keys;
    for (const simulator::LedgerEntry& entry : final_ledger())
      EXPECT_TRUE(keys.emplace(entry.key).second) << entry.key << " twice";
    EXPECT_EQ(keys.size(), static_cast<std::size_t>(kRecords));
    EXPECT_EQ(outcomes().size(), static_cast<std::size_t>(kRecords));
    EXPECT_TRUE(summary().books_balance());
    EXPECT_GT(writes_, 0);
  }

  Certificate authority_ = make_certificate(authority_wish());
  static CertificateWish authority_wish() {
    CertificateWish wish;
    wish.common_name = "payferry test authority";
    wish.names.clear();
    wish.is_authority = true;
    return wish;
  }

  std::mutex mutex_;
  simulator::SimulatedHubSpot hubspot_;
  std::atomic<int> writes_ = 0;
  std::optional<ScriptedPeer> peer_;
};

TEST_F(HostileServerLoadTest, ByteByByte) {
  tell_writes([](PeerStream& stream, const auto& reply) {
    const std::string text = whole(reply);
    stream.write_slowly(std::string_view(text).substr(0, 500));
    stream.write(std::string_view(text).substr(500));
  });
  expect_every_record_once();
}

TEST_F(HostileServerLoadTest, ChunksInterimAnswersAndTrailers) {
  tell_writes([](PeerStream& stream, const auto& reply) {
    stream.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n");
    stream.write(head(reply, "Transfer-Encoding: chunked\r\n"));
    for (std::size_t at = 0; at < reply.body.size(); at += 7) {
      const std::string chunk = reply.body.substr(at, 7);
      stream.write(std::to_string(chunk.size()) + ";x=y\r\n" + chunk + "\r\n");
    }
    stream.write("0\r\nTrailer: 1\r\n\r\n");
  });
  expect_every_record_once();
}

TEST_F(HostileServerLoadTest, SmuggledSecondAnswers) {
  std::string earlier;
  std::mutex mutex;
  tell_writes([&](PeerStream& stream, const auto& reply) {
    const std::lock_guard lock(mutex);
    stream.write(whole(reply));
    stream.write(earlier);
    earlier = whole(reply);
  });
  expect_every_record_once();
}

TEST_F(HostileServerLoadTest, AnEarlierBatchsAnswerInPlaceOfThisOnes) {
  std::string earlier;
  std::mutex mutex;
  tell_writes([&](PeerStream& stream, const auto& reply) {
    const std::lock_guard lock(mutex);
    stream.write(earlier.empty() ? whole(reply) : earlier);
    earlier = whole(reply);
  });
  expect_every_record_once();
}

TEST_F(HostileServerLoadTest, TenGigabytes) {
  tell_writes([](PeerStream& stream, const auto& reply) {
    stream.write(head(reply, "Content-Length: 10000000000\r\n"));
    stream.repeat(std::string(16'384, ' '), 10'000'000'000);
  });
  expect_every_record_once();
}

TEST_F(HostileServerLoadTest, TrailersWithoutEnd) {
  tell_writes([](PeerStream& stream, const auto& reply) {
    stream.write(head(reply, "Transfer-Encoding: chunked\r\n") + "0\r\n");
    stream.repeat("X-Field: " + std::string(1'000, 'x') + "\r\n", 10'000'000'000);
  });
  expect_every_record_once();
}

TEST_F(HostileServerLoadTest, CompressedUnasked) {
  tell_writes([](PeerStream& stream, const auto& reply) {
    stream.write(http_answer(reply.status, std::string("\x1f\x8b\x08\0\0", 5),
                             "Content-Encoding: gzip\r\n"));
  });
  expect_every_record_once();
}

TEST_F(HostileServerLoadTest, NoAnswerAndNoCloseNotify) {
  tell_writes([](PeerStream& stream, const auto&) { stream.cut(); });
  expect_every_record_once();
}

TEST_F(HostileServerLoadTest, NoAnswerEver) {
  tell_writes([](PeerStream& stream, const auto&) { stream.read_to_end(); });
  expect_every_record_once();
}

// The token must not follow, and no record may be counted as refused or loaded for it.
TEST_F(HostileServerLoadTest, ARedirectIsNotFollowedAndStopsTheRun) {
  ScriptedPeer elsewhere([](PeerStream& stream) { stream.read_to_end(); });
  const std::string location =
      "Location: http://127.0.0.1:" + std::to_string(elsewhere.port()) + "/steal\r\n";
  tell_writes([location](PeerStream& stream, const auto&) {
    stream.write(http_answer(307, "", location));
  });
  const ProcessResult result = load();
  EXPECT_EQ(result.exit_code, 3) << result.out << result.err;
  EXPECT_THAT(unwrapped(result.out), HasSubstr("redirect"));
  EXPECT_EQ(elsewhere.connections(), 0);
  EXPECT_EQ(summary().tally.refused(), 0U);
}

struct TlsTrouble {
  std::string name;
  std::string sentence;
  std::function<PeerTls(const Certificate& authority)> make;
};

PeerTls with(const CertificateWish& wish, const Certificate* issuer) {
  PeerTls tls;
  tls.certificate = make_certificate(wish, issuer);
  return tls;
}

class TlsTroubleTest : public HostileServerLoadTest,
                       public testing::WithParamInterface<TlsTrouble> {};

TEST_P(TlsTroubleTest, LoadAndCheckRefuseItWithASentenceThatSaysWhich) {
  serve(GetParam().make(authority_), [this](PeerStream& stream) {
    for (std::string request; !(request = stream.read_request()).empty();)
      stream.write(whole(handle(request)));
  });
  const ProcessResult loaded = load();
  EXPECT_EQ(loaded.exit_code, 2) << loaded.out;
  EXPECT_THAT(unwrapped(loaded.err), AllOf(HasSubstr(GetParam().sentence), HasSubstr("127.0.0.1")));
  EXPECT_FALSE(std::filesystem::exists(file("run")));
  const ProcessResult checked = payferry({"check", "-c", "payments.toml", "payments.csv"});
  EXPECT_EQ(checked.exit_code, 2) << checked.out;
  EXPECT_THAT(unwrapped(checked.out + checked.err), HasSubstr(GetParam().sentence));
  EXPECT_TRUE(final_ledger().empty());
}

INSTANTIATE_TEST_SUITE_P(
    Server, TlsTroubleTest,
    testing::Values(TlsTrouble{"SelfSigned", "is self-signed",
                               [](const Certificate&) { return with({}, nullptr); }},
                    TlsTrouble{"WrongHost", "is not for the host name",
                               [](const Certificate& authority) {
                                 CertificateWish wish;
                                 wish.names = {"DNS:api.example"};
                                 return with(wish, &authority);
                               }},
                    TlsTrouble{"Expired", "has expired",
                               [](const Certificate& authority) {
                                 CertificateWish wish;
                                 wish.valid_from = -48h;
                                 wish.valid_until = -1h;
                                 return with(wish, &authority);
                               }},
                    TlsTrouble{"NotYetValid", "is not yet valid",
                               [](const Certificate& authority) {
                                 CertificateWish wish;
                                 wish.valid_from = 24h;
                                 wish.valid_until = 48h;
                                 return with(wish, &authority);
                               }},
                    TlsTrouble{"UnknownAuthority", "not trusted here",
                               [](const Certificate&) {
                                 CertificateWish wish;
                                 wish.common_name = "somebody else";
                                 wish.is_authority = true;
                                 const Certificate other = make_certificate(wish);
                                 return with({}, &other);
                               }},
                    TlsTrouble{"WeakKey", "has a key too weak",
                               [](const Certificate& authority) {
                                 CertificateWish wish;
                                 wish.rsa_bits = 1024;
                                 return with(wish, &authority);
                               }},
                    TlsTrouble{"WeakDigest", "signed with too weak a digest",
                               [](const Certificate& authority) {
                                 CertificateWish wish;
                                 wish.is_signed_by_sha1 = true;
                                 return with(wish, &authority);
                               }},
                    TlsTrouble{"Revoked", "has been revoked",
                               [](const Certificate& authority) {
                                 PeerTls tls = with({}, &authority);
                                 tls.stapled_status =
                                     make_ocsp_status(tls.certificate, authority, true);
                                 return tls;
                               }},
                    TlsTrouble{"Tls11Only", "offers no TLS 1.2 or later",
                               [](const Certificate& authority) {
                                 PeerTls tls = with({}, &authority);
                                 tls.max_version = TLS1_1_VERSION;
                                 return tls;
                               }}),
    [](const auto& trouble) { return trouble.param.name; });

}  // namespace
}  // namespace payferry::test
