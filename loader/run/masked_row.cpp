#include "loader/run/masked_row.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "loader/source/csv_cell.hpp"
#include "loader/source/csv_row.hpp"
#include "loader/source/text_scan.hpp"
#include "model/card_number.hpp"
#include "model/json_reader.hpp"
#include "model/json_text.hpp"

namespace payferry {

namespace {

bool holds(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Copies a JSON object, and marks the card numbers in it.
class JsonCopy {
 public:
  JsonCopy(std::string_view text, const std::vector<std::string>& card_like)
      : text_(text), reader_(text), card_like_(card_like) {}

  /// Nothing where the text is no JSON. Where there is nothing to mark, it stays as it is.
  std::optional<std::string> made() {
    copy_value(std::string());
    if (!reader_.finished()) return std::nullopt;
    return is_marked_ ? std::move(out_) : std::string(text_);
  }

 private:
  /// `path` is absent where the config has no name for the value.
  void copy_value(const std::optional<std::string>& path) {
    const JsonKind kind = reader_.kind();
    if (kind == JsonKind::object) return copy_object(path);
    if (kind == JsonKind::array) return copy_array(path);
    if (path && holds(card_like_, *path)) {
      out_.append(reader_.skip());
    } else if (kind == JsonKind::string) {
      copy_string();
    } else {
      copy_other();
    }
  }

  void copy_object(const std::optional<std::string>& path) {
    out_.push_back('{');
    bool first = true;
    reader_.read_object([&](std::string_view key) {
      if (!std::exchange(first, false)) out_.push_back(',');
      const auto below = path_below(path, key);
      const bool is_named = below && leads_to_card_like(*below);
      if (is_named || !holds_card_number(key)) {
        append_json_string(out_, key);
      } else {
        append_marked(key);
      }
      out_.push_back(':');
      copy_value(below);
    });
    out_.push_back('}');
  }

  void copy_array(const std::optional<std::string>& path) {
    out_.push_back('[');
    std::size_t index = 0;
    reader_.read_array([&] {
      if (index > 0) out_.push_back(',');
      copy_value(path_below(path, std::to_string(index++)));
    });
    out_.push_back(']');
  }

  void copy_string() {
    const std::string_view raw = reader_.skip();
    if (raw.size() < 2) return;
    std::string text;
    append_unescaped(text, raw.substr(1, raw.size() - 2));
    if (holds_card_number(text)) {
      append_marked(text);
    } else {
      out_.append(raw);
    }
  }

  /// A number that is marked is a number no more.
  void copy_other() {
    const std::string_view raw = reader_.skip();
    if (holds_card_number(raw)) {
      append_marked(raw);
    } else {
      out_.append(raw);
    }
  }

  void append_marked(std::string_view text) {
    is_marked_ = true;
    append_json_string(out_, mark_card_numbers(text));
  }

  static std::optional<std::string> path_below(const std::optional<std::string>& path,
                                               std::string_view key) {
    if (!path || key.find('.') != key.npos) return std::nullopt;
    return path->empty() ? std::string(key) : *path + '.' + std::string(key);
  }

  bool leads_to_card_like(const std::string& path) const {
    return std::any_of(card_like_.begin(), card_like_.end(), [&](const std::string& name) {
      return name == path || name.starts_with(path + '.');
    });
  }

  const std::string_view text_;
  JsonReader reader_;
  const std::vector<std::string>& card_like_;
  std::string out_;
  bool is_marked_ = false;
};

}  // namespace

std::string masked_csv_row(std::string_view raw, char delimiter,
                           const std::vector<std::string>& columns,
                           const std::vector<std::string>& card_like) {
  if (!holds_card_number(raw)) return std::string(raw);
  const std::string readable = std::string(raw) + std::string(kScanBlockBytes, ' ');
  CsvRow row(delimiter);
  const auto scan = row.scan(std::string_view(readable).substr(0, raw.size()), true);
  if (scan != CsvRow::Scan::complete || row.cell_count() != columns.size())
    return mark_card_numbers(raw);
  std::string masked;
  bool is_marked = false;
  for (std::size_t at = 0; at < columns.size(); ++at) {
    const std::string_view cell = row.cells()[at];
    const bool stays = !holds_card_number(cell) || holds(card_like, columns[at]);
    is_marked = is_marked || !stays;
    if (at > 0) masked.push_back(delimiter);
    append_csv_cell(masked, stays ? cell : mark_card_numbers(cell), delimiter);
  }
  return is_marked ? masked : std::string(raw);
}

std::string masked_json_row(std::string_view raw, const std::vector<std::string>& card_like) {
  // Digits may be written as escapes.
  const bool may_hold = holds_card_number(raw) || raw.find("\\u") != raw.npos;
  if (!may_hold) return std::string(raw);
  return JsonCopy(raw, card_like).made().value_or(mark_card_numbers(raw));
}

}  // namespace payferry
