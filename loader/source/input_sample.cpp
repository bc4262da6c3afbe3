#include "loader/source/input_sample.hpp"

#include <string>
#include <utility>
#include <vector>

#include "loader/source/content_head.hpp"
#include "loader/source/csv_reader.hpp"
#include "loader/source/input_detection.hpp"
#include "loader/source/json_paths.hpp"
#include "loader/source/ndjson_reader.hpp"
#include "loader/source/text_guess.hpp"
#include "model/json_number.hpp"

namespace payferry {

namespace {

/// An amount is found by how it is written: numbers of JSON are written without an exponent.
std::vector<std::string> cells_of(const Record& record) {
  std::vector<std::string> cells(record.cells.begin(), record.cells.end());
  for (const std::size_t cell : record.with_exponent) {
    const auto number = parse_number_with_exponent(cells[cell]);
    if (number) cells[cell] = number->to_string();
  }
  return cells;
}

void take_rows(RecordReader& reader, Sample& sample) {
  sample.header = reader.columns();
  for (Record record; sample.rows.size() < kSampleRows && reader.next(record);) {
    if (!record.error) sample.rows.push_back(cells_of(record));
  }
}

tl::expected<ReadWindow, InputError> begin(const ContentHead& head) {
  ReadWindow window(head.source());
  if (auto error = begin_text(window, head.name)) return tl::unexpected(std::move(*error));
  return window;
}

ReaderOptions options_of(const ContentHead& head, const Sample& sample) {
  ReaderOptions options;
  options.name = head.name;
  options.delimiter = sample.delimiter.value_or(',');
  options.encoding = sample.encoding;
  return options;
}

tl::expected<Sample, InputError> sample_csv(const ContentHead& head, Sample sample) {
  sample.delimiter = guess_delimiter(head, sample.encoding);
  auto window = begin(head);
  if (!window) return tl::unexpected(window.error());
  auto reader = CsvReader::open(*std::move(window), options_of(head, sample));
  if (!reader) return tl::unexpected(reader.error());
  take_rows(**reader, sample);
  return sample;
}

tl::expected<std::vector<std::string>, InputError> paths_of(const ContentHead& head,
                                                            const Sample& sample) {
  auto window = begin(head);
  if (!window) return tl::unexpected(window.error());
  auto reader = NdjsonReader::open(*std::move(window), options_of(head, sample), {});
  if (!reader) return tl::unexpected(reader.error());
  JsonPaths paths;
  std::size_t rows = 0;
  for (Record record; rows < kSampleRows && (*reader)->next(record); ++rows) {
    if (!record.error) paths.add(record.raw);
  }
  return paths.paths();
}

tl::expected<Sample, InputError> sample_ndjson(const ContentHead& head, Sample sample) {
  auto paths = paths_of(head, sample);
  if (!paths) return tl::unexpected(paths.error());
  auto window = begin(head);
  if (!window) return tl::unexpected(window.error());
  auto reader = NdjsonReader::open(*std::move(window), options_of(head, sample), *std::move(paths));
  if (!reader) return tl::unexpected(reader.error());
  take_rows(**reader, sample);
  return sample;
}

}  // namespace

tl::expected<Sample, InputError> read_sample(const std::string& path) {
  const auto head = read_head(path);
  if (!head) return tl::unexpected(head.error());
  const auto window = begin(*head);
  if (!window) return tl::unexpected(window.error());
  Sample sample;
  sample.encoding = guess_encoding(head->text, !head->is_whole);
  const bool ndjson = detect_format(head->name, window->held()) == InputFormat::ndjson;
  return ndjson ? sample_ndjson(*head, std::move(sample)) : sample_csv(*head, std::move(sample));
}

}  // namespace payferry
