#pragma once

#include "config/command_line.hpp"
#include "loader/commands/command_failure.hpp"

namespace payferry {

/// The commands of interface.md §2. Each does its whole job, talks to standard output and standard
/// error, and throws CommandFailure, SetupError or DiskFailure for what it cannot do.
ExitCode run_init(const InitOptions& options);
ExitCode run_check(const CheckOptions& options);
ExitCode run_load(const LoadOptions& options);
ExitCode run_resume(const ResumeOptions& options);
ExitCode run_report(const ReportOptions& options);
ExitCode run_verify(const VerifyOptions& options);
ExitCode run_undo(const UndoOptions& options);

}  // namespace payferry
