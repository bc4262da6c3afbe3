#include "loader/source/ndjson_reader.hpp"

#include <algorithm>
#include <utility>

#include "loader/source/text_encoding.hpp"
#include "loader/source/text_scan.hpp"
#include "loader/source/utf8.hpp"
#include "model/reject_marks.hpp"

namespace payferry {

NdjsonReader::NdjsonReader(ReadWindow window, ReaderOptions options, std::vector<std::string> paths)
    : TextReader(std::move(window), std::move(options)),
      columns_(std::move(paths)),
      json_(columns_) {}

tl::expected<std::unique_ptr<NdjsonReader>, InputError> NdjsonReader::open(
    ReadWindow window, ReaderOptions options, std::vector<std::string> paths) {
  std::unique_ptr<NdjsonReader> reader(
      new NdjsonReader(std::move(window), std::move(options), std::move(paths)));
  if (auto error = reader->check_beginning()) return tl::unexpected(std::move(*error));
  return reader;
}

std::optional<InputError> NdjsonReader::check_beginning() {
  if (!find_record()) return std::nullopt;
  const auto line = find_line();
  if (!line) return std::nullopt;
  std::string_view text = window_.held().substr(0, line->text_bytes);
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  if (text.starts_with('[')) {
    return InputError(options_.name +
                      " begins with a JSON array, and one object a line is needed; jq -c '.[]' "
                      "makes that of it.");
  }
  if (text.find_first_not_of("{ \t") == text.npos) {
    return InputError(options_.name +
                      " spreads an object over several lines, and one object a line is needed; jq "
                      "-c . makes that of it.");
  }
  return std::nullopt;
}

bool NdjsonReader::next(Record& record) {
  record.error.reset();
  if (!find_record()) return false;
  const auto line = find_line();
  if (!line && line.error() == LineFault::cut_off) {
    break_off();
    return false;
  }
  if (!line) {
    take_long_line(record);
    return true;
  }
  begin_record(record);
  record.raw = window_.held().substr(0, line->text_bytes);
  take_line(record);
  consume(line->bytes, 1);
  return true;
}

/// The mark stands for the line's end, so that what is kept is no object.
void NdjsonReader::take_long_line(Record& record) {
  begin_long_record(record);
  kept_raw_ += kCutMark;
  record.raw = kept_raw_;
  skip_line();
  refuse_too_long(record);
}

void NdjsonReader::take_line(Record& record) {
  if (is_plain(record.raw)) {
    parse(record, record.raw);
  } else {
    check_text(record);
  }
}

void NdjsonReader::check_text(Record& record) {
  if (record.raw.find('\0') != record.raw.npos) {
    return refuse(record, "NUL_BYTE", "the line holds a NUL byte; remove it");
  }
  if (const auto bad = find_invalid(options_.encoding, record.raw)) {
    json_.parse(record.raw);
    const bool utf8 = options_.encoding == InputEncoding::utf8;
    return refuse(record, utf8 ? "INVALID_UTF8" : "INVALID_ENCODING",
                  "byte " + std::to_string(*bad + 1) + " of the line is not valid " +
                      std::string(to_string(options_.encoding)) + "; mend the text",
                  utf8 ? column_of_bad_text() : std::string());
  }
  if (options_.encoding == InputEncoding::utf8) return parse(record, record.raw);
  converted_.clear();
  append_as_utf8(converted_, options_.encoding, record.raw);
  const std::size_t bytes = converted_.size();
  converted_.append(kScanBlockBytes, ' ');
  parse(record, std::string_view(converted_).substr(0, bytes));
}

void NdjsonReader::parse(Record& record, std::string_view text) {
  const auto fault = json_.parse(text);
  record.cells = json_.cells();
  record.with_exponent = json_.with_exponent();
  if (!fault) return check_rejected_line(record, text);
  refuse(record, "INVALID_JSON",
         "the line is not a valid JSON object: " + fault->message + " (column " +
             std::to_string(fault->at + 1) + "); mend it");
}

/// Beside the line, such an object holds nothing that a mapping could miss.
void NdjsonReader::check_rejected_line(Record& record, std::string_view text) {
  const std::string_view first_key = text.substr(std::min(text.find('"'), text.size()));
  const bool is_kept_line =
      first_key.starts_with("\"payferry_") && first_key.find("\"payferry_line\"") != first_key.npos;
  if (!is_kept_line) return;
  refuse(record, "INVALID_JSON",
         "the line holds a row that was refused as no JSON object, in payferry_line; put the "
         "mended object in the line's place");
}

std::string NdjsonReader::column_of_bad_text() const {
  const auto cells = json_.cells();
  const auto bad = std::find_if(cells.begin(), cells.end(), [](std::string_view cell) {
    return find_invalid_utf8(cell).has_value();
  });
  return bad == cells.end() ? std::string()
                            : columns_[static_cast<std::size_t>(bad - cells.begin())];
}

}  // namespace payferry
