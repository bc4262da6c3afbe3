#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/batch.hpp"
#include "model/mapping_rules.hpp"
#include "net/event.hpp"

namespace payferry {

/// A record of another object that a value of the source stands for.
struct LookedUpTarget {
  enum class State {
    wanted,   ///< to be asked for
    asked,    ///< an answer is on its way
    found,    ///< `id` is its record id
    missing,  ///< HubSpot has none
  };
  State state = State::wanted;
  std::string id;
  std::string refusal;  ///< of missing: what HubSpot has against the value, if that is why

  bool is_known() const { return state == State::found || state == State::missing; }
};

/// The records that associations with `match` lead to: which values are to be looked up, and what
/// came of it. Values are claimed by the batches that need them, long before these are sent, and
/// asked for by whoever takes them (look_up_targets), up to 100 together, of several batches. What
/// is known is kept for later batches, within kMostBytes; what is claimed is kept in any case.
/// Thread: the network's.
class AssociationTargets {
 public:
  /// Values and ids that are known, with what keeping them costs: some 100,000 emails.
  static constexpr std::size_t kMostBytes = 24 * 1024 * 1024;

  /// What is looked up together: values of one unique property of one object.
  struct Kind {
    std::string object;
    std::string property;
  };
  class Claim;

  AssociationTargets(const std::vector<AssociationRule>& rules,
                     boost::asio::any_io_executor executor, std::size_t most_bytes = kMostBytes);
  AssociationTargets(const AssociationTargets&) = delete;
  AssociationTargets& operator=(const AssociationTargets&) = delete;

  const Kind& kind(std::size_t index) const { return kinds_[index].kind; }

  /// Values of the batch that are not known are wanted from now on.
  Claim claim(const Batch& batch);
  /// Returns when all that is claimed is known.
  boost::asio::awaitable<void> known(Claim& claim);

  /// A kind of which more is wanted than the look-ups that were begun will take; the caller begins
  /// one. Nothing where none is needed.
  std::optional<std::size_t> begin_look_up();
  /// Up to 100 values, for the look-up that was begun: they are asked now. The views hold until
  /// their answer is told.
  std::vector<std::string_view> take(std::size_t kind);
  void tell_found(std::size_t kind, std::string_view value, std::string id);
  void tell_missing(std::size_t kind, std::string_view value, std::string refusal = {});

  /// Values that nobody has asked for yet.
  std::size_t wanted() const { return wanted_; }
  /// What is known takes so many bytes.
  std::size_t bytes() const { return bytes_; }

 private:
  struct Entry;
  using Value = std::pair<const std::string, Entry>;
  struct Entry {
    LookedUpTarget target;
    std::size_t kind = 0;
    std::uint32_t claims = 0;
    std::list<Value*>::iterator unclaimed;  ///< where it is known and has no claims
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  using Values = std::unordered_map<std::string, Entry, Hash, std::equal_to<>>;
  struct KindState {
    Kind kind;
    Values values;
    std::deque<std::string_view> wanted;
    std::size_t look_ups_begun = 0;  ///< and nothing taken yet
  };

  Value& claim_value(std::size_t kind, std::string_view text);
  void release(Value& value);
  void tell(std::size_t kind, std::string_view text, LookedUpTarget target);
  void forget_the_oldest();

  std::size_t most_bytes_;
  std::vector<std::optional<std::size_t>> kind_of_rule_;
  std::vector<KindState> kinds_;
  std::list<Value*> unclaimed_;  ///< known values, the one that was used last at the end
  std::size_t wanted_ = 0;
  std::size_t bytes_ = 0;
  Event changed_;
};

/// The values that a batch needs. Gives them back when it ends; the AssociationTargets must outlive
/// it.
class AssociationTargets::Claim {
 public:
  Claim() = default;
  Claim(Claim&& other) noexcept;
  Claim& operator=(Claim&& other) noexcept;
  ~Claim() { release(); }

  bool is_known();
  /// By place in Batch::targets(); null for what is a record id already.
  const LookedUpTarget* at(std::size_t place) const;
  void release();

 private:
  friend class AssociationTargets;
  AssociationTargets* targets_ = nullptr;
  std::vector<Value*> values_;
  std::size_t known_before_ = 0;  ///< all places before this one are
};

}  // namespace payferry
