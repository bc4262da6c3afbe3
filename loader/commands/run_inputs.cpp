#include "loader/commands/run_inputs.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "loader/commands/command_failure.hpp"
#include "loader/commands/deadline_watch.hpp"
#include "loader/source/spool.hpp"
#include "model/mapping.hpp"

namespace payferry {

namespace {

/// What a run that never began has kept of its inputs, which were so many.
void remove_spools(const std::filesystem::path& directory, std::size_t inputs) {
  for (std::size_t input = 1; input <= inputs; ++input) {
    const auto spool = directory / ("input-" + std::to_string(input) + ".spool");
    std::error_code ignored;
    std::filesystem::remove(spool, ignored);
    std::filesystem::remove(Spool::partial(spool), ignored);
  }
}

/// A pipe that is read anew, whose reading may have been ended behind its first rows.
bool reads_a_pipe(const RunPlan& plan, const InputSet& inputs) {
  if (!plan.is_new && !plan.inputs_are_given) return false;
  const std::vector<InputInfo>& infos = inputs.inputs();
  return std::any_of(infos.begin(), infos.end(), [](const auto& info) { return info.spooled; });
}

[[noreturn]] void stop_waiting(const RunPlan& plan, const std::string& why) {
  const std::string left = plan.is_new ? "no run was begun" : "the run is as it was";
  throw CommandFailure(ExitCode::stopped,
                       why + " while the input was waited for: " + left +
                           ", and nothing was sent; start the same command again");
}

std::unique_ptr<InputSet> open_run_inputs(const RunPlan& plan, const SignalWatch& signals,
                                          bool only_compares) {
  InputRequest request;
  for (const InputInfo& input : plan.manifest.inputs) request.paths.push_back(input.path);
  request.wanted = Mapping::columns_read(plan.settings.mapping);
  request.spool_directory = plan.directory.path();
  request.durability = plan.settings.results.durability;
  request.pipes_come_again = plan.inputs_are_given;
  request.only_compares = only_compares;
  request.interrupted = signals.asked();
  DeadlineWatch deadline(plan.stops_at);
  request.given_up = deadline.reached();
  auto inputs = open_inputs(plan.settings.input, request);
  const bool is_late = deadline.end();
  if (!inputs && signals.asked().stop_requested()) stop_waiting(plan, signals.text());
  // What was only to be compared is through with it.
  const bool is_whole = inputs && (only_compares || !reads_a_pipe(plan, **inputs));
  if (is_late && !is_whole) stop_waiting(plan, "The deadline was reached");
  if (!inputs) refuse(inputs.error().message);
  return *std::move(inputs);
}

}  // namespace

void remove_unbegun(const RunPlan& plan, bool log_is_ours) {
  const std::filesystem::path& directory = plan.directory.path();
  std::error_code ignored;
  if (std::filesystem::exists(directory / kManifestFile, ignored)) return;
  remove_spools(directory, plan.manifest.inputs.size());
  if (log_is_ours) std::filesystem::remove(directory / kLogFile, ignored);
  plan.directory.remove_made();
}

std::unique_ptr<InputSet> open_run_inputs(const RunPlan& plan, const SignalWatch& signals) {
  if (plan.is_new) remove_spools(plan.directory.path(), plan.manifest.inputs.size());
  return open_run_inputs(plan, signals, false);
}

void compare_run_inputs(const RunPlan& plan, const SignalWatch& signals) {
  open_run_inputs(plan, signals, true);
}

RejectFormat reject_format(const InputSet& inputs, const InputSettings& settings) {
  RejectFormat format;
  format.csv = inputs.format() == InputFormat::csv;
  format.header = std::string(inputs.raw_header());
  format.delimiter = settings.delimiter;
  format.utf8 = settings.encoding == InputEncoding::utf8;
  return format;
}

}  // namespace payferry
