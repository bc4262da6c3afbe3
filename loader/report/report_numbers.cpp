#include "loader/report/report_numbers.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>

#include "loader/report/progress_line.hpp"
#include "model/counted.hpp"

namespace payferry {

namespace {

std::string one_decimal(double number) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%.1f", number);
  return text.data();
}

}  // namespace

std::string grouped_sum(const Decimal& sum) {
  std::string text = sum.to_string();
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  const std::size_t point = std::min(text.find('.'), text.size());
  for (auto place = static_cast<std::ptrdiff_t>(point) - 3;
       place > static_cast<std::ptrdiff_t>(first); place -= 3) {
    text.insert(static_cast<std::size_t>(place), 1, ',');
  }
  return text;
}

std::string byte_text(std::uint64_t bytes) {
  constexpr std::array<const char*, 4> kUnits{"KiB", "MiB", "GiB", "TiB"};
  if (bytes < 1024) return std::to_string(bytes) + " " + word_for(bytes, "byte");
  double size = static_cast<double>(bytes) / 1024;
  std::size_t unit = 0;
  for (; size >= 1024 && unit + 1 < kUnits.size(); ++unit) size /= 1024;
  return one_decimal(size) + " " + kUnits[unit];
}

std::string latency_text(std::chrono::milliseconds latency) {
  const auto count = latency.count();
  if (count < 1000) return std::to_string(count) + " ms";
  if (count < 60'000) return one_decimal(static_cast<double>(count) / 1000) + " s";
  return short_duration(std::chrono::duration_cast<std::chrono::seconds>(latency));
}

std::string share_text(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0 || part == 0) return "0%";
  if (part == whole) return "100%";
  const double share = 100 * static_cast<double>(part) / static_cast<double>(whole);
  if (share < 0.05) return "<0.1%";
  if (share > 99.95) return ">99.9%";
  return one_decimal(share) + "%";
}

std::string moment_text(Instant moment) {
  std::string text = to_iso8601(moment).substr(0, 19);
  text[10] = ' ';
  return text;
}

}  // namespace payferry
