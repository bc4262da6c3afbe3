#include <algorithm>
#include <cmath>

#include "bench/harness/output_file.hpp"
#include "bench/harness/result_table.hpp"
#include "bench/scaling/scaling.hpp"

namespace payferry::bench {

namespace {

// A plot's place and size, in pixels.
constexpr double kWidth = 260;
constexpr double kHeight = 180;
constexpr double kLeft = 48;
constexpr double kTop = 44;
constexpr double kGap = 36;
constexpr double kBelow = 30;
constexpr std::size_t kInARow = 2;

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

std::string text_at(double x, double y, const std::string& anchor, const std::string& text) {
  return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor + "\">" +
         text + "</text>\n";
}

std::string line_to(double x1, double y1, double x2, double y2) {
  return "<line class=\"axis\" x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" +
         number(x2) + "\" y2=\"" + number(y2) + "\"/>\n";
}

/// A round number at least as large as all costs.
double top_of(const std::vector<Curve>& curves) {
  double most = 0;
  for (const Curve& curve : curves) {
    for (const auto& point : curve.points) most = std::max(most, point.cpu_microseconds);
  }
  const double step = std::pow(10, std::floor(std::log10(most)));
  return std::ceil(most / step) * step;
}

class Plot {
 public:
  /// `left` and `top`: the upper end of the axis of costs.
  Plot(const Curve& curve, double left, double top, double top_cost)
      : curve_(curve), left_(left), top_(top), top_cost_(top_cost) {
    for (const auto& point : curve.points) most_ = std::max(most_, point.at);
  }

  std::string to_svg() const {
    std::string svg = text_at(left_ + kWidth / 2, top_ - 14, "middle", "by " + curve_.title);
    svg += line_to(left_, top_, left_, top_ + kHeight);
    svg += line_to(left_, top_ + kHeight, left_ + kWidth, top_ + kHeight);
    return svg + marks() + path();
  }

 private:
  double x(const Curve::Point& point) const { return left_ + point.at / most_ * kWidth; }
  double y(double cost) const { return top_ + kHeight - cost / top_cost_ * kHeight; }

  std::string marks() const {
    std::string svg = text_at(left_ - 6, y(0) + 4, "end", "0");
    svg += text_at(left_ - 6, y(top_cost_) + 4, "end", short_number(top_cost_));
    svg += text_at(left_, top_ + kHeight + 18, "middle", "0");
    const std::string unit = curve_.unit.empty() ? "" : " " + curve_.unit;
    svg += text_at(left_ + kWidth, top_ + kHeight + 18, "end", short_number(most_) + unit);
    return svg;
  }

  std::string path() const {
    std::string line;
    std::string dots;
    for (const Curve::Point& point : curve_.points) {
      const std::string at_x = number(x(point));
      const std::string at_y = number(y(point.cpu_microseconds));
      line += at_x + "," + at_y + " ";
      dots += "<circle cx=\"" + at_x + "\" cy=\"" + at_y + "\" r=\"3\"><title>" +
              short_number(point.at) + ": " + short_number(point.cpu_microseconds) +
              " µs</title></circle>\n";
    }
    const Curve::Point& last = curve_.points.back();
    dots +=
        text_at(x(last), y(last.cpu_microseconds) - 8, "end", short_number(last.cpu_microseconds));
    return "<polyline points=\"" + line + "\"/>\n" + dots;
  }

  const Curve& curve_;
  double left_;
  double top_;
  double top_cost_;
  double most_ = 0;
};

std::string head(double width, double height) {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + number(width) + " " +
         number(height) +
         "\">\n<style>text{font:12px sans-serif;fill:#333}.axis{stroke:#999}"
         "polyline{fill:none;stroke:#1665c0;stroke-width:2}circle{fill:#1665c0}</style>\n"
         "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n" +
         text_at(4, 14, "start", "CPU a record, µs");
}

}  // namespace

std::string to_svg(const std::vector<Curve>& curves) {
  constexpr double kColumn = kLeft + kWidth + kGap;
  constexpr double kRow = kTop + kHeight + kBelow;
  const std::size_t columns = std::min(curves.size(), kInARow);
  const std::size_t rows = (curves.size() + kInARow - 1) / kInARow;
  std::string svg = head(static_cast<double>(columns) * kColumn, static_cast<double>(rows) * kRow);
  const double top_cost = top_of(curves);
  for (std::size_t at = 0; at < curves.size(); ++at) {
    const double left = kLeft + static_cast<double>(at % kInARow) * kColumn;
    const std::size_t row = at / kInARow;
    const double top = kTop + static_cast<double>(row) * kRow;
    svg += Plot(curves[at], left, top, top_cost).to_svg();
  }
  return svg + "</svg>\n";
}

void write_plot(const std::string& path, const std::vector<Curve>& curves) {
  OutputFile file(path);
  file.text() = to_svg(curves);
  file.write();
}

}  // namespace payferry::bench
