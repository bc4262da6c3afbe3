#pragma once

#include <string>
#include <utility>
#include <vector>

namespace payferry::bench {

/// One measured quantity, by run.
struct Figure {
  Figure(std::string figure_name, std::string figure_unit, std::vector<double> values)
      : name(std::move(figure_name)), unit(std::move(figure_unit)), runs(std::move(values)) {}

  double median() const;
  double least() const;
  double most() const;
  /// Half of what lies between the least and the most run, as a share of the median.
  double spread() const;

  std::string name;
  std::string unit;
  std::vector<double> runs;  ///< at least one
};

/// What was measured: a reader, a scenario, a program.
struct Subject {
  explicit Subject(std::string subject_name) : name(std::move(subject_name)) {}

  /// Adds one run's value to the figure of that name.
  void add(const std::string& figure, const std::string& unit, double value);
  /// Throws std::out_of_range where it was not measured.
  const Figure& at(const std::string& figure) const;

  std::string name;
  std::vector<Figure> figures;
};

/// Subjects that can be compared, and what is to be said of them: goals, and what was left out.
struct Section {
  explicit Section(std::string section_name) : name(std::move(section_name)) {}

  std::string name;
  std::vector<Subject> subjects;
  std::vector<std::string> notes;
};

}  // namespace payferry::bench
