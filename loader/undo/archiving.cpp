#include "loader/undo/archiving.hpp"

namespace payferry {

Archiving::Archiving(const UndoBatch& batch)
    : batch_(batch), statuses_(batch.records.size()), refusals_(batch.records.size()) {
  Portion portion;
  for (std::size_t record = 0; record < batch.records.size(); ++record) {
    if (batch.records[record].id.empty()) {
      statuses_[record] = UndoStatus::without_id;
    } else {
      portion.push_back(record);
    }
  }
  if (!portion.empty()) portions_.push_back(std::move(portion));
}

std::optional<Archiving::Portion> Archiving::next() {
  if (portions_.empty()) return std::nullopt;
  std::optional<Portion> portion(std::move(portions_.back()));
  portions_.pop_back();
  return portion;
}

std::vector<std::string_view> Archiving::ids(const Portion& portion) const {
  std::vector<std::string_view> ids;
  for (const std::size_t record : portion) ids.emplace_back(batch_.records[record].id);
  return ids;
}

void Archiving::take(Portion portion, CallVerdict verdict) {
  Portion untold;
  for (std::size_t place = 0; place < portion.size(); ++place) {
    const std::size_t record = portion[place];
    switch (verdict.fates[place]) {
      case InputFate::done:
        statuses_[record] = UndoStatus::archived;
        break;
      case InputFate::refused:
        statuses_[record] = UndoStatus::refused;
        refusals_[record] = std::move(verdict.refusals[place]);
        break;
      case InputFate::not_told:
        untold.push_back(record);
        break;
    }
  }
  send_again(std::move(untold), verdict.send_in_halves);
}

void Archiving::send_again(Portion portion, bool in_halves) {
  if (portion.empty()) return;
  if (in_halves && portion.size() > 1) {
    const auto middle = portion.begin() + static_cast<std::ptrdiff_t>(portion.size() / 2);
    portions_.emplace_back(middle, portion.end());
    portion.erase(middle, portion.end());
  }
  portions_.push_back(std::move(portion));
}

std::vector<UndoJournal::Entry> Archiving::entries() const {
  std::vector<UndoJournal::Entry> entries;
  for (std::size_t record = 0; record < batch_.records.size(); ++record) {
    UndoJournal::Entry& entry = entries.emplace_back();
    entry.record = &batch_.records[record];
    entry.status = statuses_[record];
    if (entry.status == UndoStatus::refused) entry.refusal = &refusals_[record];
  }
  return entries;
}

}  // namespace payferry
