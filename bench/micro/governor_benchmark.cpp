#include "bench/micro/micro.hpp"
#include "model/batch.hpp"
#include "net/governor.hpp"
#include "net/request_window.hpp"

namespace payferry::bench {

namespace {

using namespace std::chrono_literals;

/// A year of full use of HubSpot's usual quota, a request at a time.
void govern_requests(benchmark::State& state) {
  constexpr SteadyDuration kStep = 10s / 190;
  RequestWindow budget;
  Governor governor({.requests = 190, .window = 10s}, budget);
  RateHeaders headers;
  headers.max = 190;
  headers.remaining = 100;
  headers.interval = 10s;
  SteadyPoint now(1h);
  Pass pass(state);
  for (auto _ : state) {
    now += kStep;
    if (governor.reserve(now).granted) governor.sent(now);
    governor.answered(headers, now - 1s, now);
    pass.did(kMaxBatchRecords, 0);
  }
}

}  // namespace

void register_governor() {
  benchmark::RegisterBenchmark("governor", govern_requests);
}

}  // namespace payferry::bench
