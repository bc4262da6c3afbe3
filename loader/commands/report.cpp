#include "loader/commands/commands.hpp"
#include "loader/commands/output_file.hpp"
#include "loader/report/report_json.hpp"
#include "loader/report/report_page.hpp"
#include "loader/report/report_text.hpp"
#include "loader/report/run_report.hpp"

namespace payferry {

ExitCode run_report(const ReportOptions& options) {
  const auto report = read_report(options.run_dir);
  if (!report) throw CommandFailure(ExitCode::unusable, report.error());
  if (options.html) {
    write_output(*options.html, report_page(*report));
  } else {
    write_to_standard_output(options.json ? report_json(*report) : report_text(*report));
  }
  return ExitCode::all_loaded;
}

}  // namespace payferry
