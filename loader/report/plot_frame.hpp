#pragma once

#include <string>
#include <vector>

namespace payferry {

/// A text beside an axis; `place` counts from the left or from the bottom, 0 to 1.
struct AxisLabel {
  double place = 0;
  std::string text;
  std::string kind = {};  ///< a class of the style sheet
};

/// Shapes are SVG in a field of kPlotWidth by kPlotHeight that is stretched to whatever room there
/// is; texts are HTML, which is not.
inline constexpr double kPlotWidth = 1000;
inline constexpr double kPlotHeight = 100;

struct PlotFrame {
  bool small = false;       ///< a strip below a larger plot
  std::string description;  ///< for those who cannot see it
  std::string shapes;
  std::string marks;  ///< a narrow strip below the shapes, of the same width and height 10
  std::vector<AxisLabel> left;
  std::vector<AxisLabel> below;
  std::vector<AxisLabel> inside;
};

std::string plot_html(const PlotFrame& frame);

/// A coordinate, with as many decimals as are seen.
std::string coordinate(double value);
/// Least number of the form 1, 2, 2.5 or 5 times a power of ten that is not below `value`.
double round_up(double value);
/// "3,800", "2.5"
std::string axis_number(double value);
/// A filled rectangle; `title` is shown under the pointer.
std::string rectangle(double x, double y, double width, double height, const std::string& kind,
                      const std::string& title = {});

}  // namespace payferry
