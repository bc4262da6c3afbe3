#include "bench/instructions/pipeline.hpp"

#include <fstream>
#include <stdexcept>

#include "bench/harness/payment_file.hpp"
#include "bench/simulator/core/simulated_hubspot.hpp"
#include "config/load_settings.hpp"
#include "loader/delivery/intake.hpp"
#include "loader/run/tally.hpp"
#include "loader/source/input_set.hpp"
#include "model/classify.hpp"
#include "model/request_body.hpp"

namespace payferry::bench {

namespace {

constexpr const char* kPayments = "payments.csv";
constexpr const char* kAnswers = "answers.ndjson";
constexpr Instant kNow{std::chrono::seconds(1'800'000'000)};

Settings settings() {
  ConfigSource source;
  source.file_name = "payments.toml";
  source.toml = "[hubspot]\nid_property = \"hs_external_reference_id\"\n" +
                payment_properties(GeneratedFormat::csv);
  auto loaded = load_settings(source);
  if (!loaded) throw std::runtime_error(loaded.error().to_string());
  return *std::move(loaded);
}

std::unique_ptr<InputSet> open(const Settings& settings, const std::filesystem::path& path) {
  InputRequest request;
  request.paths = {path.string()};
  auto inputs = open_inputs(settings.input, request);
  if (!inputs) throw std::runtime_error("cannot read " + path.string());
  return *std::move(inputs);
}

Intake make_intake(const Settings& settings, InputSet& inputs, std::uint64_t records) {
  auto mapping = Mapping::compile(settings.mapping, inputs.columns());
  if (!mapping) throw std::runtime_error(mapping.error().message);
  Intake::Options options;
  options.limit = records;
  return {inputs, *std::move(mapping), options, ResumeState{}};
}

std::vector<const BatchEntry*> entries_of(const Batch& batch) {
  std::vector<const BatchEntry*> entries;
  for (const BatchEntry& entry : batch.entries()) entries.push_back(&entry);
  return entries;
}

std::string create(simulator::SimulatedHubSpot& hubspot, const std::string& body) {
  simulator::SimulatedRequest request;
  request.method = "POST";
  request.target = "/crm/v3/objects/commerce_payments/batch/create";
  request.authorization = "Bearer bench-token";
  request.body = body;
  return hubspot.handle(request, kNow).body;
}

/// What becomes of the batch once its answer is there.
void settle(const std::vector<const BatchEntry*>& entries, Answer& answer, Tally& tally,
            std::string& lines) {
  const BatchAnswer body =
      decode_batch_answer(answer.body, {"hs_external_reference_id", "", false});
  const Verdict verdict = classify_write(answer, body, entries, WriteMode::create);
  OutcomeLines outcome_lines(lines, kNow);
  for (std::size_t at = 0; at < entries.size(); ++at) {
    const BatchEntry& entry = *entries[at];
    if (verdict.fates.at(at).kind != FateKind::created)
      throw std::runtime_error("a payment was not created");
    Outcome outcome;
    outcome.record = entry.number;
    outcome.status = OutcomeStatus::created;
    outcome.id = verdict.fates[at].id;
    outcome.attempts = 1;
    outcome.http = answer.status;
    outcome_lines.append(outcome, {entry.position.line, {}, entry.key});
    tally.count_read(entry.currency, entry.amount);
    tally.count_outcome(entry.currency, entry.amount, outcome.status);
  }
}

}  // namespace

void prepare_pipeline(const ScratchFolder& folder, std::uint64_t records) {
  write_payments(folder.file(kPayments), {.records = records});
  const Settings use = settings();
  const auto inputs = open(use, folder.file(kPayments));
  Intake intake = make_intake(use, *inputs, records);
  simulator::SimulatorOptions options;
  options.limits.enforced = false;
  simulator::SimulatedHubSpot hubspot(options);
  std::string answers;
  while (const auto batch = intake.next_batch()) {
    std::string body;
    append_write_body(body, entries_of(*batch));
    answers += create(hubspot, body) + "\n";
  }
  folder.write(kAnswers, answers);
}

void run_pipeline(const std::filesystem::path& folder, std::uint64_t records) {
  const Settings use = settings();
  const auto inputs = open(use, folder / kPayments);
  Intake intake = make_intake(use, *inputs, records);
  std::ifstream answers(folder / kAnswers);
  Answer answer;
  answer.reach = Reach::answered;
  answer.status = 201;
  Tally tally;
  std::string body;
  std::string lines;
  while (const auto batch = intake.next_batch()) {
    const auto entries = entries_of(*batch);
    body.clear();
    lines.clear();
    append_write_body(body, entries);
    std::getline(answers, answer.body);
    settle(entries, answer, tally, lines);
  }
  if (tally.created != records) throw std::runtime_error("not all payments were created");
}

}  // namespace payferry::bench
