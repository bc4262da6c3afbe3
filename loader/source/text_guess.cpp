#include "loader/source/text_guess.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "loader/source/csv_reader.hpp"
#include "loader/source/input_detection.hpp"
#include "loader/source/text_encoding.hpp"
#include "loader/source/utf8.hpp"

namespace payferry {

namespace {

constexpr std::size_t kLongestCharacter = 4;
constexpr std::size_t kRowsCompared = 50;

/// How well a delimiter parts a text: first how many of its rows agree, then in how many columns.
struct Fit {
  std::size_t percent = 0;
  std::size_t columns = 1;

  bool operator<(const Fit& other) const {
    return std::tie(percent, columns) < std::tie(other.percent, other.columns);
  }
};

/// Of a header that cannot be used, which the real reading will tell.
Fit fit_of_header(std::string_view text, char delimiter) {
  const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
  const auto count = static_cast<std::size_t>(std::count(line.begin(), line.end(), delimiter));
  return {count > 0 ? std::size_t{50} : std::size_t{0}, count + 1};
}

Fit fit_of(const ContentHead& head, InputEncoding encoding, char delimiter) {
  ReadWindow window(head.source());
  if (begin_text(window, head.name)) return {};
  ReaderOptions options;
  options.name = head.name;
  options.delimiter = delimiter;
  options.encoding = encoding;
  auto reader = CsvReader::open(std::move(window), std::move(options));
  if (!reader) return fit_of_header(head.text, delimiter);
  const std::size_t columns = (*reader)->columns().size();
  if (columns < 2) return {};
  std::size_t rows = 0;
  std::size_t good = 0;
  for (Record record; rows < kRowsCompared && (*reader)->next(record); ++rows)
    good += record.error ? 0 : 1;
  return {rows == 0 ? 100 : good * 100 / rows, columns};
}

}  // namespace

InputEncoding guess_encoding(std::string_view text, bool is_cut) {
  const auto bad = find_invalid_utf8(text);
  const bool cut_in_character = is_cut && bad && text.size() - *bad < kLongestCharacter;
  if (!bad || cut_in_character) return InputEncoding::utf8;
  const bool is_windows = !find_invalid(InputEncoding::windows1252, text);
  return is_windows ? InputEncoding::windows1252 : InputEncoding::latin1;
}

char guess_delimiter(const ContentHead& head, InputEncoding encoding) {
  constexpr std::array<char, 4> kDelimiters{',', ';', '\t', '|'};
  char best = ',';
  Fit best_fit;
  for (const char delimiter : kDelimiters) {
    const Fit fit = fit_of(head, encoding, delimiter);
    if (!(best_fit < fit)) continue;
    best_fit = fit;
    best = delimiter;
  }
  return best;
}

}  // namespace payferry
