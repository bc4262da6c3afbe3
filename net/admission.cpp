#include "net/admission.hpp"

#include <algorithm>
#include <array>
#include <list>
#include <utility>

#include "net/admission_rules.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

// Look-ups settle what is in doubt: they must not wait behind the whole load, nor the load behind
// them.
constexpr std::uint32_t kWritesBeforeARead = 3;

struct Waiter {
  explicit Waiter(const asio::any_io_executor& executor) : alarm(executor) {}

  asio::steady_timer alarm;
  SteadyPoint sleeps_until = SteadyPoint::max();
  bool is_queued = true;
  std::optional<Grant> grant;
};

/// Those that wait for the same limit.
struct Queues {
  std::list<Waiter*>& of(RequestKind kind) { return kind == RequestKind::read ? reads : others; }
  bool empty() const { return reads.empty() && others.empty(); }

  Waiter& take_next() {
    const bool is_reads_turn =
        others.empty() || (!reads.empty() && writes_in_a_row >= kWritesBeforeARead);
    auto& queue = is_reads_turn ? reads : others;
    writes_in_a_row = is_reads_turn || reads.empty() ? 0 : writes_in_a_row + 1;
    auto& waiter = *queue.front();
    queue.pop_front();
    waiter.is_queued = false;
    return waiter;
  }

  std::list<Waiter*> reads;
  std::list<Waiter*> others;
  std::uint32_t writes_in_a_row = 0;
};

}  // namespace

struct Admission::Impl {
  Impl(const LimitSettings& limits, Time& the_time, asio::any_io_executor the_executor,
       AdmissionOptions options)
      : time(the_time),
        executor(std::move(the_executor)),
        rules(limits, std::move(options.budget), options.wait_for_midnight) {}

  Queues& queues_of(RequestKind kind) { return lanes[static_cast<std::size_t>(lane_of(kind))]; }

  std::optional<Grant> try_at_once(RequestKind kind);
  void serve();
  bool serve_one();
  void appoint_timekeeper();
  Waiter* first_waiter();
  void leave(RequestKind kind, Waiter& waiter);
  void close();

  Time& time;
  asio::any_io_executor executor;
  AdmissionRules rules;
  std::array<Queues, kLanes> lanes;
  std::size_t first_lane = 0;  ///< served first; takes turns
  bool is_closed = false;
  /// The one waiter that sleeps until `next_at`, on behalf of all.
  Waiter* timekeeper = nullptr;
  SteadyPoint next_at = SteadyPoint::max();
};

struct Permit::State {
  State(Admission::Impl& the_gate, const Grant& the_grant) : gate(the_gate), grant(the_grant) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (has_ended) return;
    gate.rules.give_back(grant, gate.time.now());
    gate.serve();
  }

  Admission::Impl& gate;
  Grant grant;
  bool has_ended = false;
};

std::optional<Grant> Admission::Impl::try_at_once(RequestKind kind) {
  if (is_closed || !queues_of(kind).empty()) return std::nullopt;
  auto grant = rules.ask(lane_of(kind), time.now(), time.wall_now()).grant;
  if (rules.must_close()) close();
  return grant;
}

/// Gives out all that can be given out now.
void Admission::Impl::serve() {
  do {
    next_at = SteadyPoint::max();
  } while (!is_closed && serve_one());
  if (rules.must_close()) close();
  if (!is_closed) appoint_timekeeper();
}

bool Admission::Impl::serve_one() {
  for (std::size_t step = 0; step < kLanes; ++step) {
    const auto lane = (first_lane + step) % kLanes;
    if (lanes[lane].empty()) continue;
    auto decision = rules.ask(static_cast<Lane>(lane), time.now(), time.wall_now());
    if (decision.grant) {
      auto& waiter = lanes[lane].take_next();
      waiter.grant = decision.grant;
      waiter.alarm.cancel();
      if (&waiter == timekeeper) timekeeper = nullptr;
      first_lane = lane + 1;
      return true;
    }
    next_at = std::min(next_at, decision.again_at);
  }
  return false;
}

void Admission::Impl::appoint_timekeeper() {
  if (!timekeeper) timekeeper = first_waiter();
  if (timekeeper && timekeeper->sleeps_until > next_at) timekeeper->alarm.cancel();
}

Waiter* Admission::Impl::first_waiter() {
  for (auto& lane : lanes) {
    if (!lane.others.empty()) return lane.others.front();
    if (!lane.reads.empty()) return lane.reads.front();
  }
  return nullptr;
}

void Admission::Impl::leave(RequestKind kind, Waiter& waiter) {
  if (waiter.is_queued) queues_of(kind).of(kind).remove(&waiter);
  if (&waiter == timekeeper) {
    timekeeper = nullptr;
    serve();
  }
}

void Admission::Impl::close() {
  if (std::exchange(is_closed, true)) return;
  for (auto& lane : lanes) {
    for (auto* waiter : lane.others) waiter->alarm.cancel();
    for (auto* waiter : lane.reads) waiter->alarm.cancel();
  }
}

Permit::Permit(std::unique_ptr<State> state) : state_(std::move(state)) {}
Permit::Permit(Permit&&) noexcept = default;
Permit& Permit::operator=(Permit&&) noexcept = default;
Permit::~Permit() = default;

void Permit::sent(std::chrono::microseconds held_up) {
  if (state_) state_->gate.rules.sent(state_->grant, state_->gate.time.now(), held_up);
}

void Permit::ended(const Answer& answer, Feedback feedback) {
  if (!state_ || std::exchange(state_->has_ended, true)) return;
  state_->gate.rules.ended(state_->grant, answer, feedback, state_->gate.time.now());
  state_->gate.serve();
}

Admission::Admission(const LimitSettings& limits, Time& time, asio::any_io_executor executor,
                     AdmissionOptions options)
    : impl_(std::make_unique<Impl>(limits, time, std::move(executor), std::move(options))) {}

Admission::~Admission() = default;

namespace {

/// Stands in the queue for as long as it lives. A grant that is not taken, since the coroutine was
/// cancelled in that moment, goes back.
template <class Gate>
class Place {
 public:
  Place(Gate& gate, RequestKind kind) : gate_(gate), kind_(kind), waiter_(gate.executor) {
    gate_.queues_of(kind_).of(kind_).push_back(&waiter_);
    gate_.serve();
  }
  ~Place() {
    gate_.leave(kind_, waiter_);
    if (!waiter_.grant) return;
    gate_.rules.give_back(*waiter_.grant, gate_.time.now());
    gate_.serve();
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  bool waits() const { return !waiter_.grant && !gate_.is_closed; }
  std::optional<Grant> take() { return std::exchange(waiter_.grant, std::nullopt); }

  asio::steady_timer& alarm() { return waiter_.alarm; }
  SteadyPoint until() {
    waiter_.sleeps_until = gate_.timekeeper == &waiter_ ? gate_.next_at : SteadyPoint::max();
    return waiter_.sleeps_until;
  }
  void awoke() {
    if (gate_.timekeeper == &waiter_ && gate_.next_at <= gate_.time.now()) gate_.serve();
  }

 private:
  Gate& gate_;
  RequestKind kind_;
  Waiter waiter_;
};

}  // namespace

asio::awaitable<std::optional<Permit>> Admission::admit(RequestKind kind) {
  auto grant = impl_->try_at_once(kind);
  if (!grant && !impl_->is_closed) {
    Place<Impl> place(*impl_, kind);
    while (place.waits()) {
      co_await impl_->time.sleep_until(place.until(), place.alarm());
      place.awoke();
    }
    grant = place.take();
  }
  if (!grant) co_return std::nullopt;
  auto state = std::make_unique<Permit::State>(*impl_, *grant);
  co_return Permit(std::move(state));
}

void Admission::pause_until(SteadyPoint until) {
  impl_->rules.pause_until(until);
}

void Admission::set_midnights(NextMidnight next) {
  impl_->rules.set_midnights(std::move(next));
  impl_->serve();
}

void Admission::close() {
  impl_->close();
}

bool Admission::is_closed() const {
  return impl_->is_closed;
}

bool Admission::daily_budget_used() const {
  return impl_->rules.is_day_used();
}

Admission::Snapshot Admission::snapshot() const {
  return impl_->rules.snapshot(impl_->time.now());
}

}  // namespace payferry
