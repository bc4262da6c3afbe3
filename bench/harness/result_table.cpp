#include "bench/harness/result_table.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "bench/harness/text_table.hpp"

namespace payferry::bench {

namespace {

using Row = TextTable::Row;

/// Subjects with the same figures stand in one table.
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

std::string grouped(std::string digits) {
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return digits;
}

std::vector<TextTable> tables_of(const Section& section) {
  std::vector<TextTable> tables;
  std::vector<const Subject*> firsts;
  for (const Subject& subject : section.subjects) {
    const auto like = std::find_if(firsts.begin(), firsts.end(),
                                   [&](const Subject* first) { return is_like(*first, subject); });
    const auto table = static_cast<std::size_t>(like - firsts.begin());
    if (like == firsts.end()) {
      firsts.push_back(&subject);
      tables.push_back({head_of(subject), {}});
    }
    tables[table].rows.push_back(row_of(subject));
  }
  return tables;
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

std::string to_text(const Section& section) {
  std::string text = section.name + '\n';
  for (const TextTable& table : tables_of(section)) text += '\n' + to_text(table);
  if (!section.notes.empty()) text += '\n';
  for (const std::string& note : section.notes) text += wrapped(note);
  return text;
}

std::string to_markdown(const Section& section) {
  std::string text;
  for (const TextTable& table : tables_of(section))
    text += (text.empty() ? "" : "\n") + to_markdown(table);
  if (!section.notes.empty()) text += '\n';
  for (const std::string& note : section.notes) text += "- " + note + '\n';
  return text;
}

}  // namespace payferry::bench
