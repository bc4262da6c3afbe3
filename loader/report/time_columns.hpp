#pragma once

#include <string>
#include <vector>

#include "loader/report/activity.hpp"
#include "loader/report/plot_frame.hpp"

namespace payferry {

/// A timeline from left to right, a column for each bin and a few without one where the run was
/// left alone.
class TimeColumns {
 public:
  struct Column {
    Instant from{};
    const ActivityBin* bin = nullptr;  ///< nothing in a pause
  };

  /// `timeline` must outlive this.
  explicit TimeColumns(const Timeline& timeline);

  const std::vector<Column>& columns() const { return columns_; }
  std::chrono::milliseconds width() const { return width_; }
  double seconds() const;
  /// Left edge of a column; that of the one behind the last is the right edge of all.
  double x(std::size_t column) const;

  /// Hatched fields, and what they stand for.
  std::string pauses() const;
  std::vector<AxisLabel> pause_labels() const;
  std::vector<AxisLabel> moment_labels() const;
  /// "13:16:54 to 13:16:56"
  std::string span_text(std::size_t column) const;

 private:
  struct Pause {
    std::size_t column = 0;
    std::chrono::seconds length{};
  };

  const std::chrono::milliseconds width_;
  std::vector<Column> columns_;
  std::vector<Pause> pauses_;
};

}  // namespace payferry
