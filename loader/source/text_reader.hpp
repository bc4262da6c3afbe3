#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "config/settings.hpp"
#include "loader/source/read_window.hpp"
#include "loader/source/record_reader.hpp"

namespace payferry {

/// What a reader must know of its input beside the bytes.
struct ReaderOptions {
  std::string name;  ///< what messages call the input
  InputIndex input{};
  char delimiter = ',';
  InputEncoding encoding = InputEncoding::utf8;
  std::size_t max_record_bytes = 1024 * 1024;
};

/// What the readers of line-based formats have in common: places, numbers, blank lines, lines that
/// are too long, and what is said when the source breaks. Lines end with LF, CRLF or CR.
class TextReader : public RecordReader {
 public:
  std::span<const SourceBreak> breaks() const override { return breaks_; }
  SourcePosition position() const override { return {options_.input, line_, window_.offset()}; }
  void resume_at(SourcePosition position, RecordNumber number) override;
  ReadProgress progress() const override;

  /// The content ended before its proper end; nothing more can be read of it.
  bool source_broke() const { return window_.failure().has_value(); }
  /// Whoever reads it again comes to the same place.
  bool is_content_damaged() const { return source_broke() && window_.failure()->is_in_content; }

 protected:
  TextReader(ReadWindow window, ReaderOptions options);

  /// Goes to the next line that holds more than blanks; false at the end of the source.
  bool find_record();
  /// Numbers and places the record that starts here.
  void begin_record(Record& record);
  void consume(std::size_t bytes, std::uint64_t lines);

  struct Line {
    std::size_t text_bytes;  ///< without the line end
    std::size_t bytes;       ///< with it
  };
  enum class LineFault {
    too_long,  ///< for a record
    cut_off,   ///< the source broke in it
  };
  /// The line that starts here, whole in the window.
  tl::expected<Line, LineFault> find_line();

  /// The part of the window that decides about a record: what comes later in it must not, since how
  /// much is held is an accident of reading.
  std::string_view record_scope() const {
    return window_.held().substr(0, options_.max_record_bytes + kLongestLineEnd);
  }
  bool record_scope_is_full() const {
    return window_.held().size() >= options_.max_record_bytes + kLongestLineEnd;
  }

  static void refuse(Record& record, std::string code, std::string message,
                     std::string column = {});
  /// For a record that is too long: numbers and places it and keeps the beginning of its text,
  /// which stands in kept_raw_ until the next one.
  void begin_long_record(Record& record);
  void skip_line();
  void refuse_too_long(Record& record) const;
  std::size_t line_end_bytes(std::size_t at);
  /// Of rows that break only the first is kept.
  void note_broken_row(SourcePosition place, std::string message);
  /// The source broke in the line that starts here: says so, and drops the line, since a part of a
  /// row could pass for a whole one with other amounts.
  void break_off();

  static constexpr std::size_t kLongestLineEnd = 2;

  ReadWindow window_;
  const ReaderOptions options_;
  std::string kept_raw_;

 private:
  bool is_blank(char byte) const;
  void keep_beginning();

  LineNumber line_{1};
  RecordNumber next_number_{1};
  std::vector<SourceBreak> breaks_;  ///< a row and the end, at most
};

}  // namespace payferry
