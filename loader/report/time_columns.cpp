#include "loader/report/time_columns.hpp"

#include <algorithm>

#include "loader/report/progress_line.hpp"
#include "loader/report/report_numbers.hpp"

namespace payferry {

namespace {

constexpr std::size_t kPauseColumns = 6;
constexpr std::size_t kMomentLabels = 5;

std::string clock_text(Instant moment, std::chrono::milliseconds width) {
  const std::string text = to_iso8601(moment);
  if (width < std::chrono::seconds(1)) return text.substr(11, 10);
  return text.substr(11, width < std::chrono::seconds(30) ? 8 : 5);
}

}  // namespace

TimeColumns::TimeColumns(const Timeline& timeline) : width_(timeline.width) {
  for (const Stretch& stretch : timeline.stretches) {
    if (!columns_.empty()) {
      const Instant end = columns_.back().from + width_;
      const auto length = std::chrono::duration_cast<std::chrono::seconds>(stretch.begin - end);
      pauses_.push_back({columns_.size(), length});
      for (std::size_t i = 0; i < kPauseColumns; ++i) columns_.push_back({end, nullptr});
    }
    Instant from = stretch.begin;
    for (const ActivityBin& bin : stretch.bins) {
      columns_.push_back({from, &bin});
      from += width_;
    }
  }
}

double TimeColumns::seconds() const {
  return std::chrono::duration<double>(width_).count();
}

double TimeColumns::x(std::size_t column) const {
  return kPlotWidth * static_cast<double>(column) / static_cast<double>(columns_.size());
}

std::string TimeColumns::pauses() const {
  std::string svg;
  for (const Pause& pause : pauses_) {
    const double width = x(pause.column + kPauseColumns) - x(pause.column);
    svg += rectangle(x(pause.column), 0, width, kPlotHeight, "pause");
  }
  return svg;
}

std::vector<AxisLabel> TimeColumns::pause_labels() const {
  std::vector<AxisLabel> labels;
  for (const Pause& pause : pauses_) {
    const double middle = x(pause.column) + (x(pause.column + kPauseColumns) - x(pause.column)) / 2;
    labels.push_back({middle / kPlotWidth, "paused " + short_duration(pause.length), "paused"});
  }
  return labels;
}

std::vector<AxisLabel> TimeColumns::moment_labels() const {
  std::vector<AxisLabel> labels;
  std::string last_day = columns_.empty() ? "" : to_iso8601(columns_.front().from).substr(0, 10);
  const std::size_t count = std::min(kMomentLabels, columns_.size());
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t column = i * columns_.size() / count;
    while (columns_[column].bin == nullptr) ++column;
    if (!labels.empty() && labels.back().place >= x(column) / kPlotWidth) continue;
    const Instant from = columns_[column].from;
    std::string day = to_iso8601(from).substr(0, 10);
    std::string text = clock_text(from, width_);
    if (day != last_day) text = day.substr(5) + " " + text;
    last_day = std::move(day);
    labels.push_back({x(column) / kPlotWidth, std::move(text), i % 2 == 1 ? "wide" : ""});
  }
  return labels;
}

std::string TimeColumns::span_text(std::size_t column) const {
  const Instant from = columns_[column].from;
  return clock_text(from, width_) + " to " + clock_text(from + width_, width_);
}

}  // namespace payferry
