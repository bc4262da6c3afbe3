#include "loader/commands/ended_run.hpp"

#include <filesystem>

#include "loader/commands/run_inputs.hpp"
#include "loader/commands/service_manager.hpp"
#include "loader/commands/tell.hpp"
#include "loader/commands/write_page.hpp"
#include "loader/report/closing_text.hpp"
#include "loader/source/fingerprint.hpp"

namespace payferry {

namespace {

/// A service of Type=notify that ends without a word of readiness has failed for systemd, whatever
/// its exit code.
void tell_service_of_complete_run() {
  const ServiceManager service;
  service.ready();
  service.status("complete");
}

/// A file that has been loaded may be gone, and so may what was kept of a pipe; what stands in
/// their place must be the same.
void refuse_other_data(const RunPlan& plan, const SignalWatch& signals) {
  for (const InputInfo& input : plan.manifest.inputs) {
    if (!input.fingerprint || !std::filesystem::exists(input.path)) continue;
    if (const auto change = changed_since(input.path, *input.fingerprint)) refuse(*change);
  }
  compare_run_inputs(plan, signals);
}

}  // namespace

std::optional<Summary> stored_summary(const RunDirectory& directory) {
  const auto text = directory.read(kSummaryFile);
  auto summary = Summary::parse(text.value_or(""));
  return summary ? std::optional(*std::move(summary)) : std::nullopt;
}

std::optional<ExitCode> leave_complete(const RunPlan& plan, const SignalWatch& signals) {
  if (plan.is_new) return std::nullopt;
  const auto summary = stored_summary(plan.directory);
  if (!summary || !summary->complete) return std::nullopt;
  if (plan.inputs_are_given) refuse_other_data(plan, signals);
  tell_service_of_complete_run();
  if (is_undone(plan.directory.path())) {
    print(
        "This run is complete, and payferry undo has archived what it created: there is nothing to "
        "do.\nTo load the records again, choose another --run-dir.\n");
    return static_cast<ExitCode>(summary->exit_code);
  }
  const std::filesystem::path& directory = plan.directory.path();
  print("This run is complete: there is nothing to do.\n" +
        closing_text(*summary, directory, writes_csv(directory)));
  write_page(plan.run.html, directory);
  return static_cast<ExitCode>(summary->exit_code);
}

void refuse_undone(const RunPlan& plan) {
  if (plan.is_new || !is_undone(plan.directory.path())) return;
  refuse(
      "payferry undo has archived what this run created, so that it cannot go on; to load the "
      "records again, choose another --run-dir");
}

}  // namespace payferry
