#include "loader/source/input_opener.hpp"

#include <utility>

#include "loader/source/csv_reader.hpp"
#include "loader/source/file_byte_source.hpp"
#include "loader/source/input_detection.hpp"
#include "loader/source/ndjson_reader.hpp"
#include "model/shell_word.hpp"

namespace payferry {

namespace {

bool is_standard_input(const std::string& path) {
  return path == "-";
}

}  // namespace

tl::expected<OpenedInput, InputError> InputOpener::open(InputIndex index) const {
  OpenedInput input;
  input.info.path = request_.paths[index.value()];
  auto stored = open_stored(input, index);
  if (!stored) return tl::unexpected(stored.error());
  const auto opened = open_reader(input, std::move(*stored), index);
  if (!opened) return tl::unexpected(opened.error());
  return input;
}

tl::expected<OpenedInput, InputError> InputOpener::open_again(InputIndex index,
                                                              const InputInfo& info) const {
  OpenedInput input;
  input.info = info;
  auto file = InputFile::open(info.path);
  if (!file) return tl::unexpected(file.error());
  auto stored = std::make_unique<FileByteSource>(std::move(*file), info.fingerprint->size);
  const auto opened = open_reader(input, std::move(stored), index);
  if (!opened) return tl::unexpected(opened.error());
  return input;
}

auto InputOpener::open_stored(OpenedInput& input, InputIndex index) const
    -> tl::expected<Source, InputError> {
  const Kept kept = kept_of(index);
  if (kept != Kept::nothing && !request_.pipes_come_again) return open_kept(input, index, kept);
  auto file = open_input_file(input.info.path);
  if (!file) return tl::unexpected(file.error());
  const bool is_regular = file->size() && !is_standard_input(input.info.path);
  return is_regular ? open_regular(input, std::move(*file))
                    : open_pipe(input, std::move(*file), index);
}

auto InputOpener::open_regular(OpenedInput& input, InputFile file)
    -> tl::expected<Source, InputError> {
  const auto fingerprint = fingerprint_of(input.info.path);
  if (!fingerprint) return tl::unexpected(fingerprint.error());
  input.info.fingerprint = *fingerprint;
  return std::make_unique<FileByteSource>(std::move(file), fingerprint->size);
}

auto InputOpener::open_pipe(OpenedInput& input, InputFile file, InputIndex index) const
    -> tl::expected<Source, InputError> {
  if (request_.spool_directory.empty()) return std::make_unique<FileByteSource>(std::move(file));
  const auto begin = has_kept(index) ? Spool::go_on : Spool::start;
  Spool::Options options;
  options.only_compares = request_.only_compares;
  options.durability = request_.durability;
  options.interrupted = request_.interrupted;
  options.given_up = request_.given_up;
  auto spool = begin(std::move(file), spool_file(index), std::move(options));
  if (!spool) return tl::unexpected(spool.error());
  input.spool = std::move(*spool);
  input.info.spooled = true;
  return std::make_unique<SpoolSource>(*input.spool);
}

/// What an earlier process of this run has kept of the input.
auto InputOpener::kept_of(InputIndex index) const -> Kept {
  if (request_.spool_directory.empty()) return Kept::nothing;
  if (std::filesystem::exists(spool_file(index))) return Kept::whole;
  return std::filesystem::exists(Spool::partial(spool_file(index))) ? Kept::part : Kept::nothing;
}

auto InputOpener::open_kept(OpenedInput& input, InputIndex index, Kept kept) const
    -> tl::expected<Source, InputError> {
  const bool whole = kept == Kept::whole;
  auto file = open_input_file(whole ? spool_file(index) : Spool::partial(spool_file(index)));
  if (!file) return tl::unexpected(file.error());
  input.info.spooled = true;
  if (whole) return std::make_unique<FileByteSource>(std::move(*file));
  if (request_.durability == Durability::commit) {
    if (auto error = Spool::flush_kept(*file)) return tl::unexpected(*std::move(error));
  }
  const ReadFailure at_end("the run was ended before all of it had come",
                           "the rest is loaded by payferry load with the same data and --run-dir " +
                               shell_word(request_.spool_directory.string()));
  return std::make_unique<FileByteSource>(std::move(*file), at_end);
}

tl::expected<void, InputError> InputOpener::open_reader(OpenedInput& input, Source stored,
                                                        InputIndex index) const {
  const std::string name = input_name(input.info.path);
  auto content = open_content(std::move(stored), name, settings_.compression);
  if (!content) return tl::unexpected(content.error());
  ReadWindow window(std::move(*content));
  if (auto error = begin_text(window, name)) return tl::unexpected(std::move(*error));
  input.format = settings_.format == InputFormat::automatic ? detect_format(name, window.held())
                                                            : settings_.format;
  return open_format(input, std::move(window), index);
}

tl::expected<void, InputError> InputOpener::open_format(OpenedInput& input, ReadWindow window,
                                                        InputIndex index) const {
  const bool has_mark = window.offset() > ByteOffset(0);
  const ReaderOptions options{input_name(input.info.path), index, settings_.delimiter,
                              settings_.encoding, settings_.max_record_bytes};
  if (input.format == InputFormat::ndjson) {
    auto reader = NdjsonReader::open(std::move(window), options, request_.wanted);
    if (!reader) return tl::unexpected(reader.error());
    input.reader = std::move(*reader);
    return {};
  }
  auto reader = CsvReader::open(std::move(window), options);
  if (!reader) return tl::unexpected(reader.error());
  input.raw_header = (has_mark ? std::string(kUtf8Mark) : std::string()) + (*reader)->raw_header();
  input.reader = std::move(*reader);
  return {};
}

std::filesystem::path InputOpener::spool_file(InputIndex index) const {
  return request_.spool_directory / ("input-" + std::to_string(index.value() + 1) + ".spool");
}

}  // namespace payferry
