#include "bench/harness/result_table.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace payferry::bench {

namespace {

using Row = std::vector<std::string>;

/// Subjects with the same figures follow each other in one table.
bool is_like(const Subject& left, const Subject& right) {
  return std::equal(left.figures.begin(), left.figures.end(), right.figures.begin(),
                    right.figures.end(),
                    [](const Figure& one, const Figure& other) { return one.name == other.name; });
}

std::string text_of(const Figure& figure) {
  std::string text = short_number(figure.median());
  if (figure.runs.size() < 2 || figure.most() <= figure.least()) return text;
  char spread[32];
  std::snprintf(spread, sizeof spread, " ±%.0f%%", std::ceil(figure.spread() * 100));
  return text + spread;
}

Row head_of(const Subject& subject) {
  Row row{""};
  for (const Figure& figure : subject.figures) {
    row.push_back(figure.unit.empty() ? figure.name : figure.name + ", " + figure.unit);
  }
  return row;
}

Row row_of(const Subject& subject) {
  Row row{subject.name};
  for (const Figure& figure : subject.figures) row.push_back(text_of(figure));
  return row;
}

std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  }));
}

void append_cell(std::string& out, const std::string& text, std::size_t width, bool is_first) {
  const std::string padding(width - width_of(text), ' ');
  out += is_first ? "  " + text + padding : "  " + padding + text;
}

std::string lay_out(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const Row& row : rows) {
    for (std::size_t at = 0; at < row.size(); ++at)
      widths[at] = std::max(widths[at], width_of(row[at]));
  }
  std::string text;
  for (const Row& row : rows) {
    for (std::size_t at = 0; at < row.size(); ++at) append_cell(text, row[at], widths[at], at == 0);
    text += '\n';
  }
  return text;
}

std::string grouped(std::string digits) {
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return digits;
}

}  // namespace

std::string short_number(double value) {
  char text[64];
  const double size = std::abs(value);
  if (size >= 1000) {
    const double step = std::pow(10, std::floor(std::log10(size)) - 2);
    std::snprintf(text, sizeof text, "%.0f", std::round(size / step) * step);
    return (value < 0 ? "-" : "") + grouped(text);
  }
  if (size == std::floor(size)) {
    std::snprintf(text, sizeof text, "%.0f", value);
  } else {
    const int decimals = size >= 100 ? 0 : 2 - static_cast<int>(std::floor(std::log10(size)));
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
  }
  return text;
}

std::string to_table(const Section& section) {
  std::string text = section.name + '\n';
  for (std::size_t at = 0; at < section.subjects.size();) {
    const Subject& first = section.subjects[at];
    std::vector<Row> rows{head_of(first)};
    while (at < section.subjects.size() && is_like(first, section.subjects[at])) {
      rows.push_back(row_of(section.subjects[at++]));
    }
    text += '\n' + lay_out(rows);
  }
  if (!section.notes.empty()) text += '\n';
  for (const std::string& note : section.notes) text += "  " + note + '\n';
  return text;
}

}  // namespace payferry::bench
