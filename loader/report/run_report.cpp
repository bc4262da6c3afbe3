#include "loader/report/run_report.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "config/load_settings.hpp"
#include "loader/report/attempts_fold.hpp"
#include "loader/report/outcomes_fold.hpp"
#include "loader/run/run_directory.hpp"

namespace payferry {

namespace fs = std::filesystem;

namespace {

std::optional<std::string> read_whole(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

tl::expected<Manifest, std::string> read_manifest(const fs::path& directory) {
  const auto text = read_whole(directory / kManifestFile);
  if (!text) {
    return tl::unexpected("No run stands in " + directory.string() + " (there is no readable " +
                          std::string(kManifestFile) +
                          "); name the directory that `payferry load` printed");
  }
  return Manifest::parse(*text);
}

/// A config that this version cannot read costs the report a line in a plot, nothing else.
std::optional<QuotaFacts> quota_of(const Manifest& manifest) {
  const auto settings = load_settings(manifest.config);
  if (!settings || !settings->limits.requests) return std::nullopt;
  return QuotaFacts{*settings->limits.requests, settings->limits.window};
}

MendingPlace place_of(const fs::path& directory, const Manifest& manifest) {
  MendingPlace place;
  place.run_directory = fs::absolute(directory).lexically_normal();
  if (!place.run_directory.has_filename()) place.run_directory = place.run_directory.parent_path();
  const ConfigSource& config = manifest.config;
  place.config = (fs::path(config.working_directory) / config.file_name).string();
  place.overrides = config.overrides;
  place.csv = writes_csv(directory);
  return place;
}

/// Counts from the results log, pace and requests from the journal, books from its last checkpoint.
Summary summary_from_logs(const Manifest& manifest, const OutcomesFold& outcomes,
                          const AttemptsFold& attempts) {
  Summary summary;
  summary.run_id = manifest.run_id;
  summary.tally = outcomes.tally();
  summary.tally.totals = attempts.checkpoint().tally.totals;
  summary.books_before = std::max(attempts.checkpoint().next, RecordNumber(1));
  const std::uint64_t seen =
      std::max(outcomes.last_record().value(), attempts.last_record().value());
  summary.tally.records = std::max(seen, outcomes.tally().settled());
  summary.counters = attempts.counters();
  summary.input_broken = attempts.checkpoint().input_broken;
  summary.exit_code = 3;
  return summary;
}

std::optional<Summary> stored_summary(const fs::path& directory) {
  const auto text = read_whole(directory / kSummaryFile);
  if (!text) return std::nullopt;
  const auto summary = Summary::parse(*text);
  return summary ? std::optional(*summary) : std::nullopt;
}

void note_moments(RunReport& report, const Timeline& timeline) {
  if (timeline.stretches.empty()) return;
  const Stretch& last = timeline.stretches.back();
  report.first_moment = timeline.stretches.front().begin;
  report.last_moment = last.begin + static_cast<std::int64_t>(last.bins.size()) * timeline.width;
}

}  // namespace

tl::expected<RunReport, std::string> read_report(const fs::path& run_directory) {
  auto manifest = read_manifest(run_directory);
  if (!manifest) return tl::unexpected(manifest.error());
  RunReport report;
  report.manifest = *std::move(manifest);
  report.place = place_of(run_directory, report.manifest);
  report.quota = quota_of(report.manifest);

  Activity activity(RunReport::kMostBins);
  OutcomesFold outcomes(activity);
  outcomes.read(run_directory / kOutcomesFile);
  AttemptsFold attempts(activity);
  attempts.read(run_directory / kAttemptsFile);

  const auto stored = stored_summary(run_directory);
  report.unfinished = !stored || !same_outcomes(stored->tally, outcomes.tally());
  report.summary =
      report.unfinished ? summary_from_logs(report.manifest, outcomes, attempts) : *stored;
  report.is_undone = is_undone(run_directory);
  report.unreadable_lines = outcomes.unreadable() + attempts.unreadable();
  report.timeline = lay_out(std::move(activity), report.manifest.started, RunReport::kMostBins);
  note_moments(report, report.timeline);
  report.latency = attempts.latency();
  report.answers = attempts.answers();
  report.failures = attempts.failures();
  report.causes = outcomes.causes().by_count();
  report.records_of_other_causes = outcomes.causes().others();
  return report;
}

}  // namespace payferry
