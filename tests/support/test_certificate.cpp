#include "support/test_certificate.hpp"

#include <openssl/evp.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace payferry::test {

namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using X509Ptr = std::unique_ptr<X509, Freed<X509_free>>;
using BioPtr = std::unique_ptr<BIO, Freed<BIO_free>>;

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

BioPtr bio_of(const std::string& text) {
  return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  if (extension == nullptr) throw std::runtime_error("no extension " + value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

void set_validity(X509* certificate, const CertificateWish& wish) {
  const auto seconds = [](std::chrono::hours hours) {
    return static_cast<long>(std::chrono::seconds(hours).count());
  };
  X509_gmtime_adj(X509_getm_notBefore(certificate), seconds(wish.valid_from));
  X509_gmtime_adj(X509_getm_notAfter(certificate), seconds(wish.valid_until));
}

void set_name(X509* certificate, const std::string& common_name) {
  const auto* text = reinterpret_cast<const unsigned char*>(common_name.c_str());
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8, text, -1, -1,
                             0);
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ",") + name;
  return text;
}

Key make_key(const CertificateWish& wish) {
  return Key(wish.rsa_bits == 0 ? EVP_EC_gen("P-256") : EVP_RSA_gen(wish.rsa_bits));
}

X509Ptr certificate_of(const Certificate& pair) {
  return X509Ptr(PEM_read_bio_X509(bio_of(pair.certificate).get(), nullptr, nullptr, nullptr));
}

Key key_of(const Certificate& pair) {
  return Key(PEM_read_bio_PrivateKey(bio_of(pair.key).get(), nullptr, nullptr, nullptr));
}

long next_serial() {
  static long serial = 1;
  return serial++;
}

}  // namespace

Certificate make_certificate(const CertificateWish& wish, const Certificate* issuer) {
  const Key key = make_key(wish);
  const X509Ptr certificate(X509_new());
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), next_serial());
  set_validity(certificate.get(), wish);
  X509_set_pubkey(certificate.get(), key.get());
  set_name(certificate.get(), wish.common_name);

  X509Ptr issuing;
  Key issuing_key;
  if (issuer != nullptr) {
    issuing = certificate_of(*issuer);
    issuing_key = key_of(*issuer);
  }
  X509* const by = issuing ? issuing.get() : certificate.get();
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(by));
  add_extension(certificate.get(), by, NID_basic_constraints,
                wish.is_authority ? "critical,CA:TRUE" : "CA:FALSE");
  if (!wish.names.empty())
    add_extension(certificate.get(), by, NID_subject_alt_name, joined(wish.names));
  X509_sign(certificate.get(), issuing_key ? issuing_key.get() : key.get(),
            wish.is_signed_by_sha1 ? EVP_sha1() : EVP_sha256());

  const BioPtr certificate_text(BIO_new(BIO_s_mem()));
  const BioPtr key_text(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(certificate_text.get(), certificate.get());
  PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return {text_of(certificate_text.get()), text_of(key_text.get())};
}

std::string make_ocsp_status(const Certificate& certificate, const Certificate& issuer,
                             bool is_revoked) {
  const X509Ptr subject = certificate_of(certificate);
  const X509Ptr authority = certificate_of(issuer);
  const Key key = key_of(issuer);
  using Statuses = std::unique_ptr<OCSP_BASICRESP, Freed<OCSP_BASICRESP_free>>;
  using Response = std::unique_ptr<OCSP_RESPONSE, Freed<OCSP_RESPONSE_free>>;
  using Id = std::unique_ptr<OCSP_CERTID, Freed<OCSP_CERTID_free>>;
  using Time = std::unique_ptr<ASN1_TIME, Freed<ASN1_TIME_free>>;
  const Id id(OCSP_cert_to_id(EVP_sha256(), subject.get(), authority.get()));
  const Time now(X509_gmtime_adj(nullptr, 0));
  const Statuses statuses(OCSP_BASICRESP_new());
  OCSP_basic_add1_status(statuses.get(), id.get(),
                         is_revoked ? V_OCSP_CERTSTATUS_REVOKED : V_OCSP_CERTSTATUS_GOOD,
                         is_revoked ? OCSP_REVOKED_STATUS_KEYCOMPROMISE : 0,
                         is_revoked ? now.get() : nullptr, now.get(), nullptr);
  if (OCSP_basic_sign(statuses.get(), authority.get(), key.get(), EVP_sha256(), nullptr, 0) != 1)
    throw std::runtime_error("no OCSP status");
  const Response response(OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, statuses.get()));
  unsigned char* bytes = nullptr;
  const int size = i2d_OCSP_RESPONSE(response.get(), &bytes);
  std::string text(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return text;
}

TemporaryFile::TemporaryFile(const std::string& content) {
  const char* directory = std::getenv("TMPDIR");
  path_ = std::string(directory ? directory : "/tmp") + "/payferry-test-XXXXXX";
  const int file = ::mkstemp(path_.data());
  if (file < 0) throw std::runtime_error("no temporary file");
  const auto written = ::write(file, content.data(), content.size());
  ::close(file);
  if (written != static_cast<ssize_t>(content.size()))
    throw std::runtime_error("temporary file cut short");
}

TemporaryFile::~TemporaryFile() {
  ::unlink(path_.c_str());
}

}  // namespace payferry::test
