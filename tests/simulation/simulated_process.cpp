#include "simulation/simulated_process.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <filesystem>
#include <fstream>
#include <random>

#include "loader/delivery/intake.hpp"
#include "loader/delivery/pipeline.hpp"
#include "loader/run/disk_failure.hpp"
#include "loader/run/recovery.hpp"
#include "simulation/rows_reader.hpp"
#include "support/virtual_time.hpp"

namespace payferry::test {

namespace asio = boost::asio;

namespace {

/// Reading is no part of the simulation: it is done at once, on the one thread there is.
class InlineSource final : public BatchSource {
 public:
  explicit InlineSource(Intake& intake) : intake_(intake) {}

  asio::awaitable<std::optional<Batch>> next() override {
    if (stopped_) co_return std::nullopt;
    co_return intake_.next_batch();
  }
  void stop() override { stopped_ = true; }

 private:
  Intake& intake_;
  bool stopped_ = false;
};

class MemoryLines final : public RunFiles {
 public:
  explicit MemoryLines(FileContents& contents) : contents_(contents) {}

  std::uint64_t size(LogFile file) const override { return content(file).size(); }
  std::uint64_t read_lines(LogFile file, std::uint64_t from, const OnLine& on_line) const override {
    const std::string& text = content(file);
    std::size_t start = from;
    for (auto end = text.find('\n', start); end != std::string::npos;
         end = text.find('\n', start)) {
      on_line(std::string_view(text).substr(start, end - start), start);
      start = end + 1;
    }
    return start;
  }
  void cut_off(LogFile file, std::uint64_t bytes) override {
    std::string& text = contents_[static_cast<std::size_t>(file)];
    if (text.size() > bytes) text.resize(bytes);
  }
  void write_again(LogFile, std::uint64_t) override {}
  std::string name(LogFile) const override { return "a modelled file"; }

 private:
  const std::string& content(LogFile file) const {
    return contents_[static_cast<std::size_t>(file)];
  }

  FileContents& contents_;
};

Intake::Options intake_options(const Scenario& scenario) {
  Intake::Options options;
  options.batch_records = scenario.settings.limits.batch_records;
  options.write = scenario.settings.mapping.write;
  options.remembered_keys = scenario.remembered_keys;
  return options;
}

RunLog::Options log_options() {
  RunLog::Options options;
  options.rejects.header = "key,amount,status,number";
  options.batches_per_checkpoint = 3;
  return options;
}

}  // namespace

ProcessEnd run_process(const Scenario& scenario, FileContents files,
                       simulator::SimulatedHubSpot& hubspot, Instant start, Instant run_started,
                       CrashPlan crash, std::uint64_t process_seed) {
  asio::io_context context;
  VirtualTime time(context, start);
  std::mt19937_64 random(process_seed);
  MemoryLines run_files(files);
  const ResumeState state = recover(run_files);

  RequestsUnderWay under_way(hubspot);
  ModelledHubSpot api(under_way, time, random, scenario.network);
  asio::cancellation_signal kill;
  ModelledDisk disk(std::move(files), time, random, crash, [&] {
    api.cut();
    asio::post(context, [&kill] { kill.emit(asio::cancellation_type::terminal); });
  });

  RowsReader reader(scenario.rows);
  const MappingRules& rules = scenario.settings.mapping;
  auto mapping = Mapping::compile(rules, reader.columns());
  Intake intake(reader, std::move(*mapping), intake_options(scenario), state);
  InlineSource source(intake);

  RunLog log(disk, time, log_options(), state);
  Admission admission(scenario.settings.limits, time, context.get_executor());
  HubSpotClock clock;
  StopSignal stop(context.get_executor());
  DeliveryContext delivery{.executor = context.get_executor(),
                           .settings = scenario.settings,
                           .run = facts_of_run(rules, rules.run_id, run_started),
                           .api = api,
                           .admission = admission,
                           .log = log,
                           .time = time,
                           .clock = clock,
                           .stop = stop,
                           .random = random,
                           .earlier_cut_send = state.last_cut_send};

  std::exception_ptr failure;
  auto on_end = [&failure](std::exception_ptr error) { failure = std::move(error); };
  PipelineLimits limits;
  limits.most_records_open = scenario.remembered_keys - scenario.settings.limits.batch_records + 1;
  asio::co_spawn(context, run_pipeline(source, delivery, limits),
                 asio::bind_cancellation_slot(kill.slot(), std::move(on_end)));
  time.run();

  ProcessEnd end;
  end.crashed = disk.crashed();
  end.ended = end.crashed ? under_way.arrive_all(time.wall_now()) : time.wall_now();
  end.files = disk.surviving();
  end.stop = stop.reason();
  end.tally = log.tally();
  end.commits = disk.commits();
  if (failure && !end.crashed) std::rethrow_exception(failure);
  return end;
}

}  // namespace payferry::test
