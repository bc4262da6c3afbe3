#include "loader/report/charts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "loader/report/plot_frame.hpp"
#include "loader/report/report_numbers.hpp"
#include "loader/report/time_columns.hpp"
#include "model/counted.hpp"

namespace payferry {

namespace {

using Column = TimeColumns::Column;

std::vector<AxisLabel> value_labels(double most) {
  return {{0, "0"}, {0.5, axis_number(most / 2)}, {1, axis_number(most)}};
}

/// The area below the values, one for each column; a gap where there is none (negative).
std::string area(const TimeColumns& time, const std::vector<double>& values, double most,
                 const std::string& kind) {
  std::string path;
  bool open = false;
  double last = -1;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] < 0 && open) path += "H" + coordinate(time.x(i)) + "V100Z";
    if (values[i] >= 0 && !open) path += "M" + coordinate(time.x(i)) + ",100";
    if (values[i] >= 0 && (!open || values[i] != last)) {
      path += "H" + coordinate(time.x(i)) + "V" +
              coordinate(kPlotHeight * (1 - std::min(1.0, values[i] / most)));
    }
    open = values[i] >= 0;
    last = values[i];
  }
  if (open) path += "H" + coordinate(kPlotWidth) + "V100Z";
  return "<path class=\"" + kind + "\" d=\"" + path + "\"/>";
}

template <class Marked>
std::string marks(const TimeColumns& time, const std::string& kind, Marked is_marked) {
  std::string svg;
  for (std::size_t i = 0; i < time.columns().size(); ++i) {
    const ActivityBin* bin = time.columns()[i].bin;
    const double width = std::max(4.0, time.x(i + 1) - time.x(i));
    if (bin != nullptr && is_marked(*bin)) svg += rectangle(time.x(i), 0, width, 10, kind);
  }
  return svg;
}

template <class TitleOf>
std::string pointer_fields(const TimeColumns& time, TitleOf title_of) {
  std::string svg;
  for (std::size_t i = 0; i < time.columns().size(); ++i) {
    if (time.columns()[i].bin == nullptr) continue;
    svg += rectangle(time.x(i), 0, time.x(i + 1) - time.x(i), kPlotHeight, "pointer", title_of(i));
  }
  return svg;
}

std::string outcomes_title(const TimeColumns& time, std::size_t column) {
  std::string text = time.span_text(column) + ":";
  const ActivityBin& bin = *time.columns()[column].bin;
  bool any = false;
  for (std::size_t status = 0; status < kOutcomeStatuses; ++status) {
    if (bin.outcomes[status] == 0) continue;
    text += (any ? ", " : " ") + with_thousands(bin.outcomes[status]) + " " +
            std::string(to_string(static_cast<OutcomeStatus>(status)));
    any = true;
  }
  return any ? text : text + " nothing";
}

/// By column, the records a second of the statuses from `first` to before `end`.
std::vector<double> rates(const TimeColumns& time, std::size_t first, std::size_t end) {
  std::vector<double> values;
  for (const Column& column : time.columns()) {
    std::uint64_t sum = 0;
    for (std::size_t status = first; column.bin != nullptr && status < end; ++status)
      sum += column.bin->outcomes[status];
    values.push_back(column.bin == nullptr ? -1 : static_cast<double>(sum) / time.seconds());
  }
  return values;
}

/// Areas on top of each other, for the statuses from `first` on.
std::string stacked_chart(const Timeline& timeline, OutcomeStatus first, std::string description,
                          bool small) {
  const TimeColumns time(timeline);
  const auto lowest = static_cast<std::size_t>(first);
  const std::vector<double> all = rates(time, lowest, kOutcomeStatuses);
  const double most = round_up(*std::max_element(all.begin(), all.end()));
  PlotFrame frame;
  frame.small = small;
  frame.description = std::move(description) + ", at most " + axis_number(most);
  frame.shapes = time.pauses();
  // Each area reaches down to the axis: the later ones cover all but the top of the earlier ones.
  for (std::size_t end = kOutcomeStatuses; end > lowest; --end) {
    const auto status = static_cast<OutcomeStatus>(end - 1);
    frame.shapes += area(time, rates(time, lowest, end), most, std::string(to_string(status)));
  }
  frame.shapes += pointer_fields(time, [&](std::size_t i) { return outcomes_title(time, i); });
  frame.left = value_labels(most);
  if (!small) frame.below = time.moment_labels();
  if (!small) frame.inside = time.pause_labels();
  return plot_html(frame);
}

/// Requests in the window that ends with the column; the window may be narrower than a column.
std::vector<double> window_use(const TimeColumns& time, double window_seconds) {
  const auto columns = std::max(1.0, std::round(window_seconds / time.seconds()));
  const double share = window_seconds / (columns * time.seconds());
  std::vector<double> values;
  for (std::size_t i = 0; i < time.columns().size(); ++i) {
    std::uint64_t sum = 0;
    const auto reach = std::min(i + 1, static_cast<std::size_t>(columns));
    for (std::size_t back = 0; back < reach; ++back) {
      const ActivityBin* bin = time.columns()[i - back].bin;
      if (bin == nullptr) break;
      sum += bin->requests;
    }
    const bool is_pause = time.columns()[i].bin == nullptr;
    values.push_back(is_pause ? -1 : static_cast<double>(sum) * share);
  }
  return values;
}

std::string requests_title(const TimeColumns& time, std::size_t column) {
  const ActivityBin& bin = *time.columns()[column].bin;
  std::string text = time.span_text(column) + ": " + counted(bin.requests, "batch", "batches");
  if (bin.throttled > 0) text += ", " + with_thousands(bin.throttled) + " throttled";
  if (bin.faults > 0) text += ", " + with_thousands(bin.faults) + " failed";
  return text;
}

/// The narrowest bars of which there are not too many.
std::vector<LatencyHistogram::Bar> readable_bars(const LatencyHistogram& latency) {
  for (std::size_t times = 2;; times *= 2) {
    auto bars = latency.bars(times);
    if (bars.size() <= 60 || times >= 64) return bars;
  }
}

std::size_t bar_of(const std::vector<LatencyHistogram::Bar>& bars,
                   std::chrono::milliseconds value) {
  const auto found =
      std::find_if(bars.begin(), bars.end(), [&](const auto& bar) { return value < bar.to; });
  return std::min(static_cast<std::size_t>(found - bars.begin()), bars.size() - 1);
}

}  // namespace

std::string outcomes_chart(const Timeline& timeline) {
  return stacked_chart(timeline, OutcomeStatus::created,
                       "Records a second over time, by what became of them", false);
}

std::string refused_chart(const Timeline& timeline) {
  return stacked_chart(timeline, OutcomeStatus::invalid,
                       "Records a second over time that are not in HubSpot", true);
}

std::string requests_chart(const Timeline& timeline, const std::optional<QuotaFacts>& quota) {
  const TimeColumns time(timeline);
  const double window = quota ? std::chrono::duration<double>(quota->window).count() : 1;
  const std::vector<double> use = window_use(time, window);
  const double limit = quota ? quota->requests : 0;
  const double most = round_up(std::max(limit * 1.02, *std::max_element(use.begin(), use.end())));
  PlotFrame frame;
  frame.description = "Requests in each rolling window over time, against the quota";
  frame.shapes = time.pauses() + area(time, use, most, "requests");
  if (quota) {
    const std::string y = coordinate(kPlotHeight * (1 - limit / most));
    frame.shapes += "<path class=\"limit\" d=\"M0," + y + "H1000\"/>";
  }
  frame.shapes += pointer_fields(time, [&](std::size_t i) { return requests_title(time, i); });
  frame.marks = marks(time, "throttled", [](const auto& bin) { return bin.throttled > 0; }) +
                marks(time, "rejected", [](const auto& bin) { return bin.faults > 0; });
  frame.left = value_labels(most);
  frame.below = time.moment_labels();
  frame.inside = time.pause_labels();
  return plot_html(frame);
}

std::string latency_chart(const LatencyHistogram& latency) {
  const auto bars = readable_bars(latency);
  if (bars.empty()) return "";
  const auto by_count = [](const auto& left, const auto& right) {
    return left.count < right.count;
  };
  const double most =
      static_cast<double>(std::max_element(bars.begin(), bars.end(), by_count)->count);
  const double width = kPlotWidth / static_cast<double>(bars.size());
  PlotFrame frame;
  frame.description = "How long batches took, and how many of them";
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const double height = kPlotHeight * static_cast<double>(bars[i].count) / round_up(most);
    const std::string title = latency_text(bars[i].from) + " to " + latency_text(bars[i].to) +
                              ": " + with_thousands(bars[i].count);
    frame.shapes += rectangle(width * static_cast<double>(i) + width * 0.08, kPlotHeight - height,
                              width * 0.84, height, "latency", title);
  }
  struct Line {
    double share;
    const char* name;
  };
  for (const Line& line : {Line{0.5, "p50"}, Line{0.9, "p90"}, Line{0.99, "p99"}}) {
    const double middle =
        width * (static_cast<double>(bar_of(bars, latency.percentile(line.share))) + 0.5);
    frame.shapes += "<path class=\"percentile\" d=\"M" + coordinate(middle) + ",0V100\"/>";
    frame.inside.push_back({middle / kPlotWidth, line.name, line.name});
  }
  frame.left = value_labels(round_up(most));
  const std::size_t labels = std::min<std::size_t>(5, bars.size());
  for (std::size_t i = 0; i < labels; ++i) {
    const std::size_t bar = i * bars.size() / labels;
    frame.below.push_back({width * static_cast<double>(bar) / kPlotWidth,
                           latency_text(bars[bar].from), i % 2 == 1 ? "wide" : ""});
  }
  return plot_html(frame);
}

}  // namespace payferry
