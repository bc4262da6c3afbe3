#include "bench/harness/figure.hpp"

#include <algorithm>
#include <stdexcept>

namespace payferry::bench {

double Figure::median() const {
  std::vector<double> sorted = runs;
  std::sort(sorted.begin(), sorted.end());
  const std::size_t middle = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

double Figure::least() const {
  return *std::min_element(runs.begin(), runs.end());
}

double Figure::most() const {
  return *std::max_element(runs.begin(), runs.end());
}

double Figure::spread() const {
  const double middle = median();
  return middle == 0 ? 0 : (most() - least()) / 2 / middle;
}

void Subject::add(const std::string& figure, const std::string& unit, double value) {
  const auto known = std::find_if(figures.begin(), figures.end(),
                                  [&](const Figure& one) { return one.name == figure; });
  if (known != figures.end()) return known->runs.push_back(value);
  figures.emplace_back(figure, unit, std::vector<double>{value});
}

const Figure& Subject::at(const std::string& figure) const {
  for (const Figure& one : figures) {
    if (one.name == figure) return one;
  }
  throw std::out_of_range(name + " has no figure " + figure);
}

}  // namespace payferry::bench
