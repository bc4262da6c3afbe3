#include "net/admission.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <list>
#include <utility>

#include "net/circuit_breaker.hpp"
#include "net/concurrency_limit.hpp"
#include "net/governor.hpp"
#include "net/request_window.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

using namespace std::chrono_literals;

// Contract §4.4.
const Quota kSearchQuota{5, 1s};
const Quota kAssociationQuota{100, 10s};

// Look-ups settle what is in doubt and must not wait behind the whole load, nor the load behind
// them.
constexpr std::uint32_t kWritesBeforeARead = 3;

struct Waiter {
  explicit Waiter(const asio::any_io_executor& executor) : alarm(executor) {}

  asio::steady_timer alarm;
  SteadyPoint sleeps_until = SteadyPoint::max();
  bool is_queued = true;
  std::optional<Permit> permit;
};

using Queue = std::list<Waiter*>;

/// Requests that count against the same limit.
struct Lane {
  Lane(const Quota& quota, std::unique_ptr<Budget> the_budget)
      : budget(the_budget ? std::move(the_budget) : std::make_unique<RequestWindow>()),
        governor(quota, *budget) {}

  bool has_waiters() const { return !writes.empty() || !reads.empty(); }

  Waiter& take_next() {
    const bool is_read_turn = writes.empty() || writes_in_a_row >= kWritesBeforeARead;
    auto& queue = is_read_turn && !reads.empty() ? reads : writes;
    writes_in_a_row = &queue == &writes && !reads.empty() ? writes_in_a_row + 1 : 0;
    auto& waiter = *queue.front();
    queue.pop_front();
    waiter.is_queued = false;
    return waiter;
  }

  std::unique_ptr<Budget> budget;
  Governor governor;
  Queue writes;
  Queue reads;
  std::uint32_t writes_in_a_row = 0;
};

}  // namespace

struct Permit::State {
  State(Admission::Impl& the_gate, Lane& the_lane, bool probe)
      : gate(the_gate), lane(the_lane), is_probe(probe) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State();

  Admission::Impl& gate;
  Lane& lane;
  bool is_probe;
  bool has_ended = false;
  std::optional<SteadyPoint> sent_at;
};

struct Admission::Impl {
  Impl(const LimitSettings& limits, Time& the_time, asio::any_io_executor the_executor,
       AdmissionOptions options)
      : time(the_time),
        executor(std::move(the_executor)),
        concurrency(limits.connections),
        lanes{Lane({limits.requests, limits.window}, std::move(options.budget)),
              Lane(kSearchQuota, nullptr), Lane(kAssociationQuota, nullptr)} {}

  Lane& lane_of(RequestKind kind) {
    if (kind == RequestKind::search) return lanes[1];
    if (kind == RequestKind::association) return lanes[2];
    return lanes[0];
  }

  static Queue& queue_of(Lane& lane, RequestKind kind) {
    return kind == RequestKind::read ? lane.reads : lane.writes;
  }

  bool has_waiters() const {
    return std::any_of(lanes.begin(), lanes.end(),
                       [](const Lane& lane) { return lane.has_waiters(); });
  }

  std::optional<Permit> try_at_once(RequestKind kind);
  Leave reserve(Lane& lane, SteadyPoint now);
  Permit make_permit(Lane& lane, SteadyPoint now);

  void serve();
  bool serve_one(SteadyPoint now);
  void appoint_timekeeper();
  Waiter* first_waiter();
  void leave(Lane& lane, RequestKind kind, Waiter& waiter);

  void send_started(Permit::State& permit);
  void request_ended(Permit::State& permit, const Answer& answer, Feedback feedback);
  void learn(Permit::State& permit, const Answer& answer, Feedback feedback, SteadyPoint now);
  void given_back(Permit::State& permit);
  void close();

  Time& time;
  asio::any_io_executor executor;
  ConcurrencyLimit concurrency;
  CircuitBreaker breaker;
  std::array<Lane, 3> lanes;
  std::size_t first_lane = 0;  ///< served first; takes turns
  std::uint32_t in_flight = 0;
  std::uint64_t requests = 0;
  std::uint64_t throttled = 0;
  bool closed = false;
  /// The one waiter that sleeps until `next_at`, on behalf of all.
  Waiter* timekeeper = nullptr;
  SteadyPoint next_at = SteadyPoint::max();
};

std::optional<Permit> Admission::Impl::try_at_once(RequestKind kind) {
  auto& lane = lane_of(kind);
  if (closed || lane.has_waiters()) return std::nullopt;
  const auto now = time.now();
  if (!reserve(lane, now).granted) return std::nullopt;
  return make_permit(lane, now);
}

/// Takes a place in the window if nothing else stands in the way.
Leave Admission::Impl::reserve(Lane& lane, SteadyPoint now) {
  if (const auto leave = breaker.look(now); !leave.granted) return leave;
  if (in_flight >= concurrency.at(now)) return Leave::at(SteadyPoint::max());
  return lane.governor.reserve(now);
}

Permit Admission::Impl::make_permit(Lane& lane, SteadyPoint now) {
  ++in_flight;
  return Permit(std::make_unique<Permit::State>(*this, lane, breaker.let_through(now)));
}

/// Gives out all that can be given out now.
void Admission::Impl::serve() {
  if (closed) return;
  const auto now = time.now();
  do {
    next_at = SteadyPoint::max();
  } while (serve_one(now));
  appoint_timekeeper();
}

bool Admission::Impl::serve_one(SteadyPoint now) {
  for (std::size_t step = 0; step < lanes.size(); ++step) {
    auto& lane = lanes[(first_lane + step) % lanes.size()];
    if (!lane.has_waiters()) continue;
    const auto leave = reserve(lane, now);
    if (leave.granted) {
      auto& waiter = lane.take_next();
      waiter.permit = make_permit(lane, now);
      waiter.alarm.cancel();
      if (&waiter == timekeeper) timekeeper = nullptr;
      first_lane = (first_lane + step + 1) % lanes.size();
      return true;
    }
    next_at = std::min(next_at, leave.again_at);
  }
  return false;
}

void Admission::Impl::appoint_timekeeper() {
  if (!timekeeper) timekeeper = first_waiter();
  if (timekeeper && timekeeper->sleeps_until > next_at) timekeeper->alarm.cancel();
}

Waiter* Admission::Impl::first_waiter() {
  for (auto& lane : lanes) {
    if (!lane.writes.empty()) return lane.writes.front();
    if (!lane.reads.empty()) return lane.reads.front();
  }
  return nullptr;
}

void Admission::Impl::leave(Lane& lane, RequestKind kind, Waiter& waiter) {
  if (!waiter.is_queued) return;
  queue_of(lane, kind).remove(&waiter);
  if (&waiter != timekeeper) return;
  timekeeper = nullptr;
  serve();
}

void Admission::Impl::send_started(Permit::State& permit) {
  const auto now = time.now();
  ++requests;
  // A connection that died idle: the transport sends the request once more, and HubSpot may count
  // both.
  if (permit.sent_at) return permit.lane.governor.sent_again(now);
  permit.sent_at = now;
  permit.lane.governor.sent(now);
}

void Admission::Impl::request_ended(Permit::State& permit, const Answer& answer,
                                    Feedback feedback) {
  if (permit.has_ended) return;
  permit.has_ended = true;
  --in_flight;
  if (!permit.sent_at) permit.lane.governor.give_back(time.now());
  learn(permit, answer, feedback, time.now());
  serve();
}

void Admission::Impl::learn(Permit::State& permit, const Answer& answer, Feedback feedback,
                            SteadyPoint now) {
  const auto sent_at = permit.sent_at.value_or(now);
  auto& governor = permit.lane.governor;
  if (answer.reach == Reach::answered) governor.answered(answer.rate, sent_at, now);
  switch (feedback) {
    case Feedback::answered:
      return breaker.succeeded(permit.is_probe);
    case Feedback::throttled_window:
    case Feedback::throttled_secondly:
    case Feedback::throttled_daily:
      ++throttled;
      governor.throttled(sent_at, now, answer.retry_after);
      return breaker.succeeded(permit.is_probe);
    case Feedback::overloaded:
    case Feedback::unanswered:
    case Feedback::unreachable:
      return breaker.failed(now, permit.is_probe);
  }
}

void Admission::Impl::given_back(Permit::State& permit) {
  if (permit.has_ended) return;
  permit.has_ended = true;
  --in_flight;
  if (!permit.sent_at) permit.lane.governor.give_back(time.now());
  if (permit.is_probe) breaker.probe_given_back();
  serve();
}

void Admission::Impl::close() {
  closed = true;
  for (auto& lane : lanes) {
    for (auto* waiter : lane.writes) waiter->alarm.cancel();
    for (auto* waiter : lane.reads) waiter->alarm.cancel();
  }
}

Permit::State::~State() {
  gate.given_back(*this);
}

Permit::Permit(std::unique_ptr<State> state) : state_(std::move(state)) {}
Permit::Permit(Permit&&) noexcept = default;
Permit& Permit::operator=(Permit&&) noexcept = default;
Permit::~Permit() = default;

void Permit::sending() {
  if (state_) state_->gate.send_started(*state_);
}

void Permit::ended(const Answer& answer, Feedback feedback) {
  if (state_) state_->gate.request_ended(*state_, answer, feedback);
}

Admission::Admission(const LimitSettings& limits, Time& time, asio::any_io_executor executor,
                     AdmissionOptions options)
    : impl_(std::make_unique<Impl>(limits, time, std::move(executor), std::move(options))) {}

Admission::~Admission() = default;

namespace {

/// Stands in the queue for as long as it lives.
template <class Gate>
class Place {
 public:
  Place(Gate& gate, RequestKind kind)
      : gate_(gate), kind_(kind), lane_(gate.lane_of(kind)), waiter_(gate.executor) {
    Gate::queue_of(lane_, kind_).push_back(&waiter_);
    gate_.serve();
  }
  ~Place() { gate_.leave(lane_, kind_, waiter_); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  bool waits() const { return !waiter_.permit && !gate_.closed; }
  asio::steady_timer& alarm() { return waiter_.alarm; }
  SteadyPoint until() {
    waiter_.sleeps_until = gate_.timekeeper == &waiter_ ? gate_.next_at : SteadyPoint::max();
    return waiter_.sleeps_until;
  }
  std::optional<Permit> take() { return std::move(waiter_.permit); }
  void awoke() {
    if (gate_.timekeeper == &waiter_ && gate_.next_at <= gate_.time.now()) gate_.serve();
  }

 private:
  Gate& gate_;
  RequestKind kind_;
  Lane& lane_;
  Waiter waiter_;
};

}  // namespace

asio::awaitable<std::optional<Permit>> Admission::admit(RequestKind kind) {
  auto permit = impl_->try_at_once(kind);
  if (permit || impl_->closed) co_return permit;
  Place<Impl> place(*impl_, kind);
  while (place.waits()) {
    co_await impl_->time.sleep_until(place.until(), place.alarm());
    place.awoke();
  }
  co_return place.take();
}

void Admission::pause_until(SteadyPoint until) {
  for (auto& lane : impl_->lanes) lane.governor.pause_until(until);
}

void Admission::close() {
  impl_->close();
}

bool Admission::is_closed() const {
  return impl_->closed;
}

bool Admission::daily_budget_used() const {
  return false;
}

Admission::Snapshot Admission::snapshot() const {
  const auto now = impl_->time.now();
  auto& window = impl_->lanes[0].governor;
  Snapshot shot;
  shot.in_flight = impl_->in_flight;
  shot.concurrency = impl_->concurrency.at(now);
  shot.window_used = window.used(now);
  shot.window_allowed = window.allowed(now);
  shot.requests = impl_->requests;
  shot.throttled = impl_->throttled;
  shot.circuit_open = impl_->breaker.is_open();
  return shot;
}

}  // namespace payferry
