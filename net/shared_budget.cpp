#include "net/shared_budget.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <unistd.h>

#include <array>
#include <cassert>
#include <cstdlib>
#include <fstream>
#include <type_traits>
#include <utility>

#include "net/budget_file.hpp"
#include "net/send_ring.hpp"

namespace payferry {

namespace {

using namespace std::chrono_literals;

// It is read from a file as it lies there, whoever wrote it.
static_assert(std::is_trivially_copyable_v<SendRing> && std::is_standard_layout_v<SendRing>);

constexpr auto kPrefix = "budget-1-";
// Another process's promise ends without a word to us.
constexpr auto kAskAgain = 20ms;

std::string first_line(const char* path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

/// The steady clock starts anew with the machine.
std::uint64_t boot_number() {
  return std::hash<std::string>()(first_line("/proc/sys/kernel/random/boot_id"));
}

std::string hexadecimal(std::span<const unsigned char> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const auto byte : bytes) {
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 15]);
  }
  return text;
}

}  // namespace

SharedBudget::SharedBudget(std::unique_ptr<BudgetFile> file, SteadyPoint now)
    : file_(std::move(file)), ring_(*static_cast<SendRing*>(file_->content())) {
  const BudgetFile::Lock lock(*file_);
  if (!ring_.is_valid(boot_number(), now)) ring_.format(boot_number());
  own_promised() = 0;
}

SharedBudget::~SharedBudget() {
  const BudgetFile::Lock lock(*file_);
  own_promised() = 0;
}

std::unique_ptr<SharedBudget> SharedBudget::open(const std::filesystem::path& directory,
                                                 const std::string& fingerprint, SteadyPoint now) {
  auto file = BudgetFile::open(directory, kPrefix + fingerprint, sizeof(SendRing));
  if (!file) return nullptr;
  return std::unique_ptr<SharedBudget>(new SharedBudget(std::move(file), now));
}

std::uint32_t& SharedBudget::own_promised() {
  return ring_.promised(file_->process());
}

// What a process promised that is gone will not be sent.
void SharedBudget::drop_promises_of_the_dead() {
  for (std::size_t process = 0; process < BudgetFile::kProcesses; ++process) {
    if (ring_.promised(process) > 0 && !file_->is_alive(process)) ring_.promised(process) = 0;
  }
}

Leave SharedBudget::look_locked(SteadyPoint now, std::span<const WindowRule> rules) {
  drop_promises_of_the_dead();
  auto earliest = SteadyPoint::min();
  for (const auto& rule : rules) earliest = std::max(earliest, ring_.room_at(rule));
  if (earliest == SteadyPoint::max() && ring_.all_promised() > own_promised())
    return Leave::at(now + kAskAgain);
  return earliest <= now ? Leave::now() : Leave::at(earliest);
}

Leave SharedBudget::look(SteadyPoint now, std::span<const WindowRule> rules) {
  const BudgetFile::Lock lock(*file_);
  return look_locked(now, rules);
}

Leave SharedBudget::reserve(SteadyPoint now, std::span<const WindowRule> rules) {
  const BudgetFile::Lock lock(*file_);
  const auto leave = look_locked(now, rules);
  if (leave.granted) ++own_promised();
  return leave;
}

void SharedBudget::sent(SteadyPoint now) {
  const BudgetFile::Lock lock(*file_);
  assert(own_promised() > 0);
  // In this order a crash in between counts one request twice, rather than not at all.
  ring_.push(now);
  --own_promised();
}

void SharedBudget::give_back() {
  const BudgetFile::Lock lock(*file_);
  assert(own_promised() > 0);
  --own_promised();
}

void SharedBudget::sent_again(SteadyPoint now) {
  const BudgetFile::Lock lock(*file_);
  ring_.push(now);
}

std::uint32_t SharedBudget::sends_between(SteadyPoint from, SteadyPoint to) {
  const BudgetFile::Lock lock(*file_);
  return ring_.sends_between(from, to);
}

std::string budget_fingerprint(std::string_view token, std::string_view host) {
  const auto key = "payferry budget " + first_line("/etc/machine-id");
  std::string what(token);
  what.push_back('\0');
  what += host;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(what.data()), what.size(), digest.data(), nullptr);
  OPENSSL_cleanse(what.data(), what.size());
  return hexadecimal(std::span(digest).first(16));
}

std::filesystem::path budget_directory() {
  const char* runtime = std::getenv("XDG_RUNTIME_DIR");
  std::filesystem::path directory = "/tmp/payferry-" + std::to_string(::geteuid());
  if (runtime && *runtime == '/') directory = std::filesystem::path(runtime) / "payferry";
  return make_private_directory(directory) ? directory : std::filesystem::path();
}

std::unique_ptr<Budget> shared_budget(const LimitSettings& limits, std::string_view token,
                                      std::string_view host, SteadyPoint now) {
  if (limits.requests.value_or(0) > SharedBudget::kMostRequests) return nullptr;
  const auto directory = budget_directory();
  if (directory.empty()) return nullptr;
  return SharedBudget::open(directory, budget_fingerprint(token, host), now);
}

}  // namespace payferry
