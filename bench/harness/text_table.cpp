#include "bench/harness/text_table.hpp"

#include <algorithm>
#include <sstream>

namespace payferry::bench {

namespace {

using Row = TextTable::Row;

constexpr std::size_t kIndent = 2;
constexpr std::size_t kNarrowestHead = 11;

/// Characters, not bytes.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  }));
}

/// Words in lines of at most `width`, where no word is longer.
std::vector<std::string> broken(const std::string& text, std::size_t width) {
  std::vector<std::string> lines;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (!lines.empty() && width_of(lines.back()) + 1 + width_of(word) <= width) {
      lines.back() += ' ' + word;
    } else {
      lines.push_back(word);
    }
  }
  return lines;
}

struct Column {
  std::vector<std::string> head;
  std::vector<std::string> cells;
  std::size_t width = 0;
};

Column column_of(const TextTable& table, std::size_t at) {
  Column column;
  for (const Row& row : table.rows) {
    column.cells.push_back(row[at]);
    column.width = std::max(column.width, width_of(row[at]));
  }
  column.head = broken(table.head[at], std::max(column.width, kNarrowestHead));
  for (const std::string& line : column.head) column.width = std::max(column.width, width_of(line));
  return column;
}

std::string line_of(const Row& cells, const std::vector<Column>& columns) {
  std::string line;
  for (std::size_t at = 0; at < cells.size(); ++at) {
    const std::string padding(columns[at].width - width_of(cells[at]), ' ');
    line += std::string(kIndent, ' ') + (at == 0 ? cells[at] + padding : padding + cells[at]);
  }
  return line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
}

/// Heads end on the same line.
std::string head_lines(const std::vector<Column>& columns) {
  std::size_t height = 0;
  for (const Column& column : columns) height = std::max(height, column.head.size());
  std::string lines;
  for (std::size_t line = 0; line < height; ++line) {
    Row cells;
    for (const Column& column : columns) {
      const std::size_t above = height - column.head.size();
      cells.push_back(line < above ? "" : column.head[line - above]);
    }
    lines += line_of(cells, columns);
  }
  return lines;
}

std::string lay_out(const std::vector<Column>& columns) {
  std::string text = head_lines(columns);
  for (std::size_t row = 0; row < columns.front().cells.size(); ++row) {
    Row cells;
    for (const Column& column : columns) cells.push_back(column.cells[row]);
    text += line_of(cells, columns);
  }
  return text;
}

std::string markdown_line(const Row& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) line += ' ' + cell + " |";
  return line + '\n';
}

}  // namespace

std::string to_text(const TextTable& table) {
  const Column names = column_of(table, 0);
  std::string text;
  for (std::size_t at = 1; at < table.head.size();) {
    std::vector<Column> columns{names};
    std::size_t width = kIndent + names.width;
    for (; at < table.head.size(); ++at) {
      Column next = column_of(table, at);
      width += kIndent + next.width;
      if (width > kMostColumns && columns.size() > 1) break;
      columns.push_back(std::move(next));
    }
    text += (text.empty() ? "" : "\n") + lay_out(columns);
  }
  return text;
}

std::string to_markdown(const TextTable& table) {
  std::string text = markdown_line(table.head) + "| --- |";
  for (std::size_t at = 1; at < table.head.size(); ++at) text += " ---: |";
  text += '\n';
  for (const Row& row : table.rows) text += markdown_line(row);
  return text;
}

std::string wrapped(const std::string& text) {
  std::string lines;
  for (const std::string& line : broken(text, kMostColumns - kIndent))
    lines += std::string(kIndent, ' ') + line + '\n';
  return lines;
}

}  // namespace payferry::bench
