#include "loader/commands/write_page.hpp"

#include <exception>

#include "loader/commands/command_failure.hpp"
#include "loader/commands/output_file.hpp"
#include "loader/commands/tell.hpp"
#include "loader/report/report_page.hpp"
#include "model/shell_word.hpp"

namespace payferry {

void write_page(const std::optional<std::string>& file,
                const std::filesystem::path& run_directory) {
  if (!file) return;
  try {
    const auto report = read_report(run_directory);
    if (!report) throw CommandFailure(ExitCode::unusable, report.error());
    write_output(*file, report_page(*report));
  } catch (const std::exception& failure) {
    tell(std::string("payferry: ") + failure.what() +
         "; the run is not touched by that, try\n  payferry report " +
         shell_word(run_directory.string()) + " --html FILE");
  }
}

}  // namespace payferry
