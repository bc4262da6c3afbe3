#include "loader/commands/opened_run.hpp"

#include <utility>

#include "loader/commands/command_failure.hpp"
#include "loader/commands/ended_run.hpp"
#include "loader/commands/fitting_mapping.hpp"
#include "loader/commands/run_inputs.hpp"
#include "loader/commands/run_source.hpp"
#include "loader/run/disk_files.hpp"

namespace payferry {

namespace {

ResumeState recover_state(const RunPlan& plan, const DiskLog::Paths& paths) {
  DiskFiles files(paths);
  ResumeState state = recover(files);
  if (plan.is_new && !state.is_fresh()) {
    refuse("The run directory " + plan.directory.path().string() +
           " holds a results log but no run.json; restore that, or choose another --run-dir");
  }
  return state;
}

}  // namespace

OpenedRun::OpenedRun(const RunPlan& the_plan, const SignalWatch& signals)
    : plan(the_plan),
      inputs(open_run_inputs(plan, signals)),
      paths(plan.directory.log_paths(inputs->format() == InputFormat::csv)),
      mapping(fitting_mapping(plan.settings.mapping, *inputs)),
      state(recover_state(plan, paths)),
      earlier(state, stored_summary(plan.directory)),
      bytes_total(inputs->progress().bytes_total) {}

Intake::Options OpenedRun::intake_options() const {
  Intake::Options options;
  options.batch_records = plan.settings.limits.batch_records;
  options.batch_bytes = plan.settings.limits.batch_bytes;
  options.write = plan.settings.mapping.write;
  options.limit = plan.manifest.limit;
  return options;
}

RunLog::Options OpenedRun::log_options() const {
  RunLog::Options options;
  options.file_names = names_of_inputs(plan);
  options.rejects = reject_format(*inputs, plan.settings.input);
  options.rejects.columns = inputs->columns();
  options.rejects.card_like = Mapping::columns_of_card_like(plan.settings.mapping);
  return options;
}

std::string OpenedRun::input_broken() const {
  return told(state.start.input_broken, inputs->breaks());
}

}  // namespace payferry
