#pragma once

#include <string>
#include <vector>

#include "bench/harness/figure.hpp"

namespace payferry::bench {

/// What a record costs as one thing about the work grows.
struct Curve {
  struct Point {
    double at = 0;
    double cpu_microseconds = 0;  ///< a record, the median of the runs
  };

  std::string title;  ///< "records", "columns", …
  std::string unit;   ///< of what grows; may be empty
  std::vector<Point> points;
};

std::vector<Curve> measure_scaling(unsigned runs);
Section to_section(const std::vector<Curve>& curves);

/// One plot for each curve, two in a row, as SVG. All have the same scale upwards, from nothing.
std::string to_svg(const std::vector<Curve>& curves);
/// Throws std::runtime_error.
void write_plot(const std::string& path, const std::vector<Curve>& curves);

}  // namespace payferry::bench
