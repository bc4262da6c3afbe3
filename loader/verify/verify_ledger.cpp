#include "loader/verify/verify_ledger.hpp"

#include <utility>

#include "loader/run/line_file.hpp"

namespace payferry {

namespace {

/// So much is done again at most after the process was killed.
constexpr std::chrono::seconds kSaveEvery{2};

AppendFile open_findings(const RunDirectory& directory, std::uint64_t bytes) {
  cut_off(directory.file(kFindingsFile), bytes);
  return AppendFile(directory.file(kFindingsFile));
}

void add(ControlTotals& sum, const ControlTotals& more) {
  for (const auto& [currency, books] : more.by_currency()) {
    Total& total = sum.by_currency()[currency].read;
    total = total + books.read;
  }
}

}  // namespace

VerifyLedger::VerifyLedger(const RunDirectory& directory, Time& time, VerifyState state,
                           std::vector<std::string> file_names)
    : directory_(directory),
      time_(time),
      state_(std::move(state)),
      file_names_(std::move(file_names)),
      findings_(open_findings(directory, state_.findings_bytes)),
      saved_at_(time.now()) {
  save();
}

void VerifyLedger::enter(const CheckBatch& batch, const std::vector<Finding>& findings,
                         const ControlTotals& held) {
  Page& page = waiting_[batch.number];
  page.end = batch.end;
  page.source = batch.source;
  page.held = held;
  for (std::size_t place = 0; place < findings.size(); ++place) {
    page.kinds.push_back(findings[place].kind);
    if (findings[place].kind == FindingKind::same) continue;
    const CheckedRecord& record = batch.records[place];
    const std::size_t input = record.position.input.value();
    const std::string_view file =
        input < file_names_.size() ? std::string_view(file_names_[input]) : std::string_view();
    append_finding_line(page.lines, record, findings[place], file, time_.wall_now());
  }
  for (auto first = waiting_.begin(); first != waiting_.end() && first->first == next_;
       first = waiting_.begin()) {
    fold(first->second);
    waiting_.erase(first);
    ++next_;
  }
  if (time_.now() - saved_at_ >= kSaveEvery) save();
}

void VerifyLedger::fold(const Page& page) {
  findings_.append(page.lines);
  state_.findings_bytes = findings_.size();
  state_.source += page.source;
  add(state_.held, page.held);
  for (const FindingKind kind : page.kinds) state_.count(kind);
  state_.position = page.end;
}

void VerifyLedger::save() {
  findings_.flush();
  directory_.replace(kVerifyFile, state_.to_json());
  saved_at_ = time_.now();
}

}  // namespace payferry
