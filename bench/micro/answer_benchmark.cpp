#include "bench/micro/micro.hpp"
#include "bench/micro/workload.hpp"
#include "model/classify.hpp"

namespace payferry::bench {

namespace {

constexpr AnswerInterest kInterest{"hs_external_reference_id", "", false};

void decode_answer(benchmark::State& state) {
  const std::string body = first_answer();
  Pass pass(state);
  for (auto _ : state) {
    benchmark::DoNotOptimize(decode_batch_answer(body, kInterest));
    pass.did(kMaxBatchRecords, body.size());
  }
}

void classify_answer(benchmark::State& state) {
  const Batch batch = first_batch();
  const auto entries = entries_of(batch);
  Answer answer;
  answer.reach = Reach::answered;
  answer.status = 201;
  answer.body = first_answer();
  const BatchAnswer body = decode_batch_answer(answer.body, kInterest);
  Pass pass(state);
  for (auto _ : state) {
    benchmark::DoNotOptimize(classify_write(answer, body, entries, WriteMode::create));
    pass.did(entries.size(), answer.body.size());
  }
}

}  // namespace

void register_answer() {
  benchmark::RegisterBenchmark("answer decoder", decode_answer);
  benchmark::RegisterBenchmark("answer classifier", classify_answer);
}

}  // namespace payferry::bench
