#include <openssl/evp.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <vector>

#include "bench/limits/limits.hpp"

namespace payferry::bench {

namespace {

constexpr std::size_t kRecordBytes = 16 * 1024;
constexpr std::size_t kRecords = 64 * 1024;

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

void require(int result) {
  if (result != 1) throw std::runtime_error("OpenSSL cannot encrypt with AES-128-GCM");
}

void encrypt_record(EVP_CIPHER_CTX* context, const std::vector<unsigned char>& plain,
                    std::vector<unsigned char>& cipher) {
  constexpr unsigned char kNonce[12] = {};
  int size = 0;
  require(EVP_EncryptInit_ex(context, nullptr, nullptr, nullptr, kNonce));
  require(EVP_EncryptUpdate(context, cipher.data(), &size, plain.data(),
                            static_cast<int>(plain.size())));
  require(EVP_EncryptFinal_ex(context, cipher.data() + size, &size));
}

}  // namespace

double measure_encryption() {
  constexpr unsigned char kKey[16] = {};
  const Context context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  require(EVP_EncryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, kKey, nullptr));
  const std::vector<unsigned char> plain(kRecordBytes, 'x');
  std::vector<unsigned char> cipher(kRecordBytes + 16);
  const auto begun = std::chrono::steady_clock::now();
  for (std::size_t record = 0; record < kRecords; ++record)
    encrypt_record(context.get(), plain, cipher);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  return static_cast<double>(kRecordBytes * kRecords) / 1e6 / took.count();
}

}  // namespace payferry::bench
