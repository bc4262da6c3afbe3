#include "net/stapled_status.hpp"

#include <openssl/ocsp.h>
#include <openssl/ssl.h>

#include <memory>

namespace payferry {

namespace {

using Response = std::unique_ptr<OCSP_RESPONSE, decltype(&OCSP_RESPONSE_free)>;
using Statuses = std::unique_ptr<OCSP_BASICRESP, decltype(&OCSP_BASICRESP_free)>;
using CertificateId = std::unique_ptr<OCSP_CERTID, decltype(&OCSP_CERTID_free)>;

Statuses stapled_statuses(SSL* session) {
  const unsigned char* bytes = nullptr;
  const long size = SSL_get_tlsext_status_ocsp_resp(session, &bytes);
  const Response response(size > 0 ? d2i_OCSP_RESPONSE(nullptr, &bytes, size) : nullptr,
                          OCSP_RESPONSE_free);
  return {response ? OCSP_response_get1_basic(response.get()) : nullptr, OCSP_BASICRESP_free};
}

/// The id is in the responder's own choice of digest.
bool is_of(OCSP_SINGLERESP* single, X509* certificate, X509* issuer) {
  // Only read: OpenSSL's getter wants it mutable.
  auto* id = const_cast<OCSP_CERTID*>(OCSP_SINGLERESP_get0_id(single));
  ASN1_OBJECT* digest = nullptr;
  OCSP_id_get0_info(nullptr, &digest, nullptr, nullptr, id);
  const EVP_MD* algorithm = EVP_get_digestbyobj(digest);
  if (algorithm == nullptr) return false;
  const CertificateId ours(OCSP_cert_to_id(algorithm, certificate, issuer), OCSP_CERTID_free);
  return ours && OCSP_id_cmp(ours.get(), id) == 0;
}

bool is_revoked(OCSP_BASICRESP* statuses, X509* certificate, X509* issuer) {
  for (int i = 0; i < OCSP_resp_count(statuses); ++i) {
    OCSP_SINGLERESP* single = OCSP_resp_get0(statuses, i);
    const int status = OCSP_single_get0_status(single, nullptr, nullptr, nullptr, nullptr);
    if (status == V_OCSP_CERTSTATUS_REVOKED && is_of(single, certificate, issuer)) return true;
  }
  return false;
}

/// OpenSSL's callback; called once the certificate's chain is verified. 0 fails the handshake.
int judge(SSL* session, void*) {
  const Statuses statuses = stapled_statuses(session);
  STACK_OF(X509)* chain = SSL_get0_verified_chain(session);
  if (!statuses || chain == nullptr || sk_X509_num(chain) < 2) return 1;
  X509_STORE* trusted = SSL_CTX_get_cert_store(SSL_get_SSL_CTX(session));
  if (OCSP_basic_verify(statuses.get(), chain, trusted, 0) != 1) return 1;
  return is_revoked(statuses.get(), sk_X509_value(chain, 0), sk_X509_value(chain, 1)) ? 0 : 1;
}

}  // namespace

void refuse_revoked(ssl_ctx_st& context) {
  SSL_CTX_set_tlsext_status_type(&context, TLSEXT_STATUSTYPE_ocsp);
  SSL_CTX_set_tlsext_status_cb(&context, judge);
}

}  // namespace payferry
