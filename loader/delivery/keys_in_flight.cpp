#include "loader/delivery/keys_in_flight.hpp"

#include <algorithm>

namespace payferry {

namespace asio = boost::asio;

void KeysInFlight::enter(const Batch& batch) {
  for (const BatchEntry& entry : batch.entries()) {
    std::deque<BatchNumber>& holders = holders_[std::string(entry.key)];
    if (holders.empty() || holders.back() != batch.number()) holders.push_back(batch.number());
  }
}

void KeysInFlight::leave(const Batch& batch) {
  if (holders_.empty()) return;
  for (const BatchEntry& entry : batch.entries()) {
    const auto held = holders_.find(std::string(entry.key));
    if (held == holders_.end()) continue;
    std::erase(held->second, batch.number());
    if (held->second.empty()) holders_.erase(held);
  }
  changed_.notify_all();
}

bool KeysInFlight::is_turn_of(const Batch& batch) const {
  if (holders_.empty()) return true;
  return std::all_of(batch.entries().begin(), batch.entries().end(), [&](const BatchEntry& entry) {
    const auto held = holders_.find(std::string(entry.key));
    return held == holders_.end() || held->second.front() == batch.number();
  });
}

asio::awaitable<void> KeysInFlight::turn_of(const Batch& batch) {
  while (!is_turn_of(batch)) co_await changed_.wait();
}

void KeysInFlight::may_be_at_work(std::span<const BatchEntry* const> entries, SteadyPoint until,
                                  SteadyPoint now) {
  std::erase_if(at_work_, [&](const auto& held) { return held.second.until <= now; });
  if (until <= now) return;
  for (const BatchEntry* entry : entries)
    at_work_[std::string(entry->key)] = AtWork{entry->number, until};
}

SteadyPoint KeysInFlight::free_from(std::span<const BatchEntry* const> entries) const {
  SteadyPoint free = unknown_at_work_until_;
  if (at_work_.empty()) return free;
  for (const BatchEntry* entry : entries) {
    const auto held = at_work_.find(std::string(entry->key));
    if (held == at_work_.end() || held->second.record == entry->number) continue;
    free = std::max(free, held->second.until);
  }
  return free;
}

}  // namespace payferry
