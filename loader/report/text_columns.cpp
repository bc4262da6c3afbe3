#include "loader/report/text_columns.hpp"

#include <algorithm>

#include "loader/report/report_numbers.hpp"
#include "model/counted.hpp"

namespace payferry {

std::string padded_left(const std::string& text, std::size_t width) {
  return std::string(width - std::min(width, text.size()), ' ') + text;
}

std::string padded_right(std::string_view text, std::size_t width) {
  return std::string(text) + std::string(width - std::min(width, text.size()), ' ');
}

std::string count_line(std::string_view name, std::uint64_t count, std::string_view meaning) {
  return "  " + padded_right(name, 10) + padded_left(with_thousands(count), 13) + "  " +
         std::string(meaning) + "\n";
}

std::string total_line(Currency currency, std::string_view name, const Total& total) {
  return "  " + std::string(currency.code()) + "  " + padded_right(name, 9) +
         padded_left(with_thousands(total.count), 12) + padded_left(grouped_sum(total.sum), 24) +
         "\n";
}

std::string as_sentence(std::string text) {
  const bool is_closed = text.ends_with('.') || text.ends_with('!') || text.ends_with('?');
  if (!is_closed) text += '.';
  return text;
}

std::string no_currency_note(const ControlTotals& totals) {
  return totals.by_currency().contains(Currency()) ? "XXX: no currency given" : "";
}

std::string no_currency_line(const ControlTotals& totals) {
  const std::string note = no_currency_note(totals);
  return note.empty() ? "" : "  (" + note + ")\n";
}

}  // namespace payferry
