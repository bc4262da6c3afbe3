#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "loader/commands/run_plan.hpp"
#include "loader/commands/signals.hpp"
#include "loader/delivery/intake.hpp"
#include "loader/report/earlier_processes.hpp"
#include "loader/run/disk_log.hpp"
#include "loader/run/recovery.hpp"
#include "loader/run/run_log.hpp"
#include "loader/source/input_set.hpp"
#include "model/mapping.hpp"

namespace payferry {

/// A run as a process finds it: what it is to read, and where it stands.
struct OpenedRun {
  /// Both must outlive this. Waits for what comes through a pipe. Throws CommandFailure.
  OpenedRun(const RunPlan& the_plan, const SignalWatch& signals);
  OpenedRun(const OpenedRun&) = delete;
  OpenedRun& operator=(const OpenedRun&) = delete;

  Intake::Options intake_options() const;
  RunLog::Options log_options() const;
  /// What broke in the inputs, be it where an earlier process read them; empty where nothing did.
  /// Once reading has ended.
  std::string input_broken() const;

  const RunPlan& plan;
  std::unique_ptr<InputSet> inputs;
  DiskLog::Paths paths;
  Mapping mapping;
  ResumeState state;
  EarlierProcesses earlier;
  /// Of the inputs as they are stored; taken before a reading thread has them.
  std::optional<std::uint64_t> bytes_total;
};

}  // namespace payferry
