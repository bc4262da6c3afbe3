#include "loader/commands/doubts_of_run.hpp"

#include <algorithm>
#include <utility>

#include "loader/commands/run_source.hpp"
#include "loader/commands/tell.hpp"
#include "loader/run/disk_files.hpp"
#include "loader/run/recovery.hpp"

namespace payferry {

namespace {

/// To look where a run stands without repairing anything.
class UntouchedFiles final : public RunFiles {
 public:
  explicit UntouchedFiles(DiskLog::Paths paths) : files_(std::move(paths)) {}

  std::uint64_t size(LogFile file) const override { return files_.size(file); }
  std::uint64_t read_lines(LogFile file, std::uint64_t from, const OnLine& on_line) const override {
    return files_.read_lines(file, from, on_line);
  }
  void cut_off(LogFile, std::uint64_t) override {}
  void write_again(LogFile, std::uint64_t) override {}
  std::string name(LogFile file) const override { return files_.name(file); }

 private:
  DiskFiles files_;
};

ResumeState look_at(const RunDirectory& directory) {
  UntouchedFiles files(directory.log_paths(writes_csv(directory.path())));
  return recover(files);
}

/// Where the source cannot be read any more: only numbers are known.
std::vector<DoubtfulRecord> without_source(const ResumeState& state) {
  std::vector<DoubtfulRecord> records;
  for (const auto& [number, doubt] : state.in_doubt) {
    DoubtfulRecord& record = records.emplace_back();
    record.record = number;
    record.doubt = doubt;
  }
  std::sort(records.begin(), records.end(),
            [](const auto& left, const auto& right) { return left.record < right.record; });
  return records;
}

}  // namespace

std::vector<DoubtfulRecord> doubts_of_run(const RunPlan& plan) {
  const ResumeState state = look_at(plan.directory);
  if (state.in_doubt.empty()) return {};
  auto source = open_run_source(plan);
  if (source) return find_doubtful(*source->inputs, *source->mapping, state);
  tell("payferry: warning: what was under way when the run was broken off cannot be looked up: " +
       source.error());
  return without_source(state);
}

}  // namespace payferry
