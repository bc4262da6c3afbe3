#include "loader/delivery/association_targets.hpp"

#include <algorithm>
#include <utility>

namespace payferry {

namespace asio = boost::asio;

namespace {

/// A value in its map and in the list of the unclaimed ones, beside its own bytes.
constexpr std::size_t kBytesBesides = 208;

std::size_t cost_of(std::string_view value, const LookedUpTarget& target) {
  return kBytesBesides + value.size() + target.id.size() + target.refusal.size();
}

}  // namespace

AssociationTargets::AssociationTargets(const std::vector<AssociationRule>& rules,
                                       asio::any_io_executor executor, std::size_t most_bytes)
    : most_bytes_(most_bytes), kind_of_rule_(rules.size()), changed_(std::move(executor)) {
  for (std::size_t rule = 0; rule < rules.size(); ++rule) {
    if (!rules[rule].match) continue;
    const auto same = [&](const KindState& state) {
      return state.kind.object == rules[rule].to && state.kind.property == *rules[rule].match;
    };
    const auto found = std::find_if(kinds_.begin(), kinds_.end(), same);
    kind_of_rule_[rule] = static_cast<std::size_t>(found - kinds_.begin());
    if (found == kinds_.end()) kinds_.emplace_back().kind = {rules[rule].to, *rules[rule].match};
  }
}

AssociationTargets::Claim AssociationTargets::claim(const Batch& batch) {
  Claim claim;
  if (kinds_.empty()) return claim;
  claim.targets_ = this;
  claim.values_.reserve(batch.targets().size());
  for (const AssociationTarget& target : batch.targets()) {
    const auto kind = kind_of_rule_[target.rule];
    claim.values_.push_back(kind ? &claim_value(*kind, target.value) : nullptr);
  }
  return claim;
}

AssociationTargets::Value& AssociationTargets::claim_value(std::size_t kind,
                                                           std::string_view text) {
  KindState& state = kinds_[kind];
  auto value = state.values.find(text);
  if (value == state.values.end()) {
    value = state.values.try_emplace(std::string(text)).first;
    value->second.kind = kind;
    state.wanted.push_back(value->first);
    ++wanted_;
  }
  Entry& entry = value->second;
  if (entry.claims++ == 0 && entry.target.is_known()) unclaimed_.erase(entry.unclaimed);
  return *value;
}

asio::awaitable<void> AssociationTargets::known(Claim& claim) {
  while (!claim.is_known()) co_await changed_.wait();
}

std::optional<std::size_t> AssociationTargets::begin_look_up() {
  for (std::size_t kind = 0; kind < kinds_.size(); ++kind) {
    KindState& state = kinds_[kind];
    if (state.wanted.size() <= state.look_ups_begun * kMaxBatchRecords) continue;
    ++state.look_ups_begun;
    return kind;
  }
  return std::nullopt;
}

std::vector<std::string_view> AssociationTargets::take(std::size_t kind) {
  KindState& state = kinds_[kind];
  --state.look_ups_begun;
  const std::size_t count = std::min(state.wanted.size(), kMaxBatchRecords);
  const auto end = state.wanted.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<std::string_view> taken(state.wanted.begin(), end);
  state.wanted.erase(state.wanted.begin(), end);
  wanted_ -= count;
  for (const std::string_view value : taken)
    state.values.find(value)->second.target.state = LookedUpTarget::State::asked;
  return taken;
}

void AssociationTargets::tell_found(std::size_t kind, std::string_view value, std::string id) {
  LookedUpTarget target;
  target.state = LookedUpTarget::State::found;
  target.id = std::move(id);
  tell(kind, value, std::move(target));
}

void AssociationTargets::tell_missing(std::size_t kind, std::string_view value,
                                      std::string refusal) {
  LookedUpTarget target;
  target.state = LookedUpTarget::State::missing;
  target.refusal = std::move(refusal);
  tell(kind, value, std::move(target));
}

void AssociationTargets::tell(std::size_t kind, std::string_view text, LookedUpTarget target) {
  Value& value = *kinds_[kind].values.find(text);
  bytes_ += cost_of(text, target);
  value.second.target = std::move(target);
  if (value.second.claims == 0)
    value.second.unclaimed = unclaimed_.insert(unclaimed_.end(), &value);
  forget_the_oldest();
  changed_.notify_all();
}

void AssociationTargets::release(Value& value) {
  Entry& entry = value.second;
  if (--entry.claims > 0 || !entry.target.is_known()) return;
  entry.unclaimed = unclaimed_.insert(unclaimed_.end(), &value);
  forget_the_oldest();
}

void AssociationTargets::forget_the_oldest() {
  while (bytes_ > most_bytes_ && !unclaimed_.empty()) {
    const Value& oldest = *unclaimed_.front();
    unclaimed_.pop_front();
    bytes_ -= cost_of(oldest.first, oldest.second.target);
    Values& values = kinds_[oldest.second.kind].values;
    values.erase(values.find(oldest.first));
  }
}

AssociationTargets::Claim::Claim(Claim&& other) noexcept
    : targets_(std::exchange(other.targets_, nullptr)),
      values_(std::exchange(other.values_, {})),
      known_before_(other.known_before_) {}

AssociationTargets::Claim& AssociationTargets::Claim::operator=(Claim&& other) noexcept {
  std::swap(targets_, other.targets_);
  std::swap(values_, other.values_);
  std::swap(known_before_, other.known_before_);
  return *this;
}

bool AssociationTargets::Claim::is_known() {
  const auto is_open = [](const Value* value) {
    return value != nullptr && !value->second.target.is_known();
  };
  while (known_before_ < values_.size() && !is_open(values_[known_before_])) ++known_before_;
  return known_before_ == values_.size();
}

const LookedUpTarget* AssociationTargets::Claim::at(std::size_t place) const {
  if (place >= values_.size() || values_[place] == nullptr) return nullptr;
  return &values_[place]->second.target;
}

void AssociationTargets::Claim::release() {
  for (Value* const value : values_) {
    if (value != nullptr) targets_->release(*value);
  }
  values_.clear();
}

}  // namespace payferry
