#include "config/adapted_export.hpp"

#include <algorithm>
#include <optional>
#include <sstream>
#include <string_view>

#include "config/input_section_text.hpp"
#include "config/toml_text.hpp"
#include "config/value_guess.hpp"
#include "model/time_format.hpp"

namespace payferry {

namespace {

/// The text between `before` and the next quote.
std::optional<std::string> quoted_after(const std::string& line, std::string_view before) {
  const std::size_t at = line.find(before);
  if (at == std::string::npos) return std::nullopt;
  const std::size_t start = at + before.size();
  return line.substr(start, line.find('"', start) - start);
}

std::optional<std::size_t> column_of(const Sample& sample, const std::string& name) {
  const auto found = std::find(sample.header.begin(), sample.header.end(), name);
  if (found == sample.header.end()) return std::nullopt;
  return static_cast<std::size_t>(found - sample.header.begin());
}

void replace(std::string& line, std::string_view what, const std::string& with) {
  const std::size_t at = line.find(what);
  if (at != std::string::npos) line.replace(at, what.size(), with);
}

bool reads_all(const std::string& format, const std::vector<std::string>& values) {
  const auto compiled = TimeFormat::compile(format);
  return compiled && std::all_of(values.begin(), values.end(), [&](const std::string& value) {
           return compiled->parse(value).has_value();
         });
}

void adapt_format(std::string& line, const std::vector<std::string>& values) {
  const std::optional<std::string> format = quoted_after(line, "format = \"");
  if (!format || reads_all(*format, values)) return;
  const std::optional<DateGuess> guess = guess_date(values, true);
  if (guess && !guess->ambiguous) replace(line, toml_string(*format), toml_string(guess->format));
}

void adapt_decimal(std::string& line, const std::vector<std::string>& values, char delimiter) {
  constexpr std::string_view kType = "type = \"decimal\"";
  const std::optional<AmountGuess> guess = guess_amount(values, delimiter == ';');
  if (guess && guess->decimal_mark == ',')
    replace(line, kType, std::string(kType) + ", decimal = \",\"");
}

class Adapter {
 public:
  explicit Adapter(const Sample& sample) : sample_(sample) {}

  std::string adapt(std::string_view toml) {
    std::istringstream lines{std::string(toml)};
    for (std::string line; std::getline(lines, line);) lines_.push_back(line);
    for (std::size_t i = 0; i < lines_.size(); ++i) take(i);
    return std::move(out_);
  }

 private:
  void take(std::size_t at) {
    std::string line = lines_[at];
    if (line.empty()) commenting_ = false;
    if (line.starts_with("[properties.") && !commenting_)
      commenting_ = is_missing(lines_[std::min(at + 1, lines_.size() - 1)]);
    if (line == "[properties]") add_input();
    if (!line.starts_with('#') && !commenting_) adapt_line(line);
    const bool comment = !line.starts_with('#') && (commenting_ || is_missing(line));
    out_ += (comment ? "# " : "") + line + (comment && !commenting_ ? "  # not in this file" : "") +
            '\n';
  }

  bool is_missing(const std::string& line) const {
    const std::optional<std::string> column = quoted_after(line, "from = \"");
    return !line.starts_with('#') && column && !column_of(sample_, *column);
  }

  void adapt_line(std::string& line) const {
    const std::optional<std::string> name = quoted_after(line, "from = \"");
    const std::optional<std::size_t> column = name ? column_of(sample_, *name) : std::nullopt;
    const std::vector<std::string> values =
        column ? sample_.values(*column) : std::vector<std::string>();
    if (values.empty()) return;
    adapt_format(line, values);
    adapt_decimal(line, values, sample_.delimiter.value_or(','));
  }

  void add_input() {
    const std::string section = input_section(sample_);
    if (!section.empty()) out_ += section + '\n';
  }

  const Sample& sample_;
  std::vector<std::string> lines_;
  std::string out_;
  bool commenting_ = false;  ///< inside the table of a property whose column is missing
};

}  // namespace

std::string adapted_export(const KnownExport& known, const Sample& sample) {
  return Adapter(sample).adapt(known.toml);
}

}  // namespace payferry
