#include "loader/report/plot_frame.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string_view>

#include "loader/report/html_text.hpp"
#include "model/counted.hpp"

namespace payferry {

namespace {

std::string labels(const std::vector<AxisLabel>& labels, std::string_view side,
                   std::string_view kind) {
  std::string html = "<div class=\"" + std::string(kind) + "\" aria-hidden=\"true\">";
  for (const AxisLabel& label : labels) {
    html += "<span";
    if (!label.kind.empty()) html += " class=\"" + label.kind + "\"";
    html += " style=\"" + std::string(side) + ":" + coordinate(100 * label.place) + "%\">" +
            html_text(label.text) + "</span>";
  }
  return html + "</div>";
}

std::string grid(const std::vector<AxisLabel>& left) {
  std::string svg;
  for (const AxisLabel& label : left) {
    const std::string y = coordinate(kPlotHeight * (1 - label.place));
    svg += "<path class=\"grid\" d=\"M0," + y + "H" + coordinate(kPlotWidth) + "\"/>";
  }
  return svg;
}

std::string drawing(const std::string& shapes, double height, std::string_view kind) {
  return "<svg class=\"" + std::string(kind) + "\" viewBox=\"0 0 " + coordinate(kPlotWidth) + " " +
         coordinate(height) + "\" preserveAspectRatio=\"none\" aria-hidden=\"true\">" + shapes +
         "</svg>";
}

}  // namespace

std::string coordinate(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", value);
  std::string number = text.data();
  if (number.ends_with(".0")) number.resize(number.size() - 2);
  return number == "-0" ? "0" : number;
}

double round_up(double value) {
  if (!(value > 0)) return 1;
  const double power = std::pow(10, std::floor(std::log10(value)));
  for (const double step : {1.0, 2.0, 2.5, 5.0}) {
    if (step * power >= value) return step * power;
  }
  return 10 * power;
}

std::string axis_number(double value) {
  if (value >= 10 || value == std::floor(value))
    return with_thousands(static_cast<std::uint64_t>(std::llround(value)));
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3g", value);
  return text.data();
}

std::string rectangle(double x, double y, double width, double height, const std::string& kind,
                      const std::string& title) {
  std::string svg = "<rect class=\"" + kind + "\" x=\"" + coordinate(x) + "\" y=\"" +
                    coordinate(y) + "\" width=\"" + coordinate(width) + "\" height=\"" +
                    coordinate(height) + "\"";
  if (title.empty()) return svg + "/>";
  return svg + "><title>" + html_text(title) + "</title></rect>";
}

std::string plot_html(const PlotFrame& frame) {
  const std::string kind = frame.small ? "plot small" : "plot";
  std::string html = "<div class=\"" + kind + "\" role=\"img\" aria-label=\"" +
                     html_text(frame.description) + "\">" + labels(frame.left, "bottom", "y") +
                     "<div class=\"area\">" +
                     drawing(grid(frame.left) + frame.shapes, kPlotHeight, "shapes") +
                     labels(frame.inside, "left", "inside") + "</div>";
  if (!frame.marks.empty()) html += drawing(frame.marks, 10, "marks");
  return html + labels(frame.below, "left", "x") + "</div>\n";
}

}  // namespace payferry
