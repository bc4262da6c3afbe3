#pragma once

#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "loader/source/input_error.hpp"
#include "loader/source/json_record.hpp"
#include "loader/source/text_reader.hpp"

namespace payferry {

/// Records of a file with one JSON object a line (rules: JsonRecord). Blank lines are skipped. A
/// line is refused that is no JSON object, is not text in the encoding, or is too long.
class NdjsonReader final : public TextReader {
 public:
  /// `paths` are what cells are made of. Looks at the first line only to tell a JSON array or an
  /// object spread over lines from NDJSON.
  static tl::expected<std::unique_ptr<NdjsonReader>, InputError> open(
      ReadWindow window, ReaderOptions options, std::vector<std::string> paths);

  bool next(Record& record) override;
  const std::vector<std::string>& columns() const override { return columns_; }

 private:
  NdjsonReader(ReadWindow window, ReaderOptions options, std::vector<std::string> paths);

  std::optional<InputError> check_beginning();
  void take_line(Record& record);
  void take_long_line(Record& record);
  void check_text(Record& record);
  void parse(Record& record, std::string_view text);
  static void check_rejected_line(Record& record, std::string_view text);
  std::string column_of_bad_text() const;

  std::vector<std::string> columns_;
  JsonRecord json_;
  std::string converted_;
};

}  // namespace payferry
