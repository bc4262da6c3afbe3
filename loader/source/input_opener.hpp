#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "config/settings.hpp"
#include "loader/source/input_error.hpp"
#include "loader/source/input_set.hpp"
#include "loader/source/spool.hpp"
#include "loader/source/text_reader.hpp"

namespace payferry {

/// An input whose beginning has been read.
struct OpenedInput {
  std::unique_ptr<Spool> spool;  ///< outlives the reader
  std::unique_ptr<TextReader> reader;
  InputInfo info;
  InputFormat format = InputFormat::csv;
  std::string raw_header;  ///< of CSV
};

/// Opens inputs as the settings, the spool directory and their own beginnings say.
class InputOpener {
 public:
  InputOpener(const InputSettings& settings, const InputRequest& request)
      : settings_(settings), request_(request) {}

  tl::expected<OpenedInput, InputError> open(InputIndex index) const;
  /// Opens a regular file again, which is read up to the size that it had when `info` was taken.
  tl::expected<OpenedInput, InputError> open_again(InputIndex index, const InputInfo& info) const;

  /// What came through a pipe, or a part of it, is kept.
  bool has_kept(InputIndex index) const { return kept_of(index) != Kept::nothing; }

 private:
  using Source = std::unique_ptr<ByteSource>;

  tl::expected<Source, InputError> open_stored(OpenedInput& input, InputIndex index) const;
  tl::expected<Source, InputError> open_pipe(OpenedInput& input, InputFile file,
                                             InputIndex index) const;
  static tl::expected<Source, InputError> open_regular(OpenedInput& input, InputFile file);
  enum class Kept { nothing, part, whole };
  Kept kept_of(InputIndex index) const;
  tl::expected<Source, InputError> open_kept(OpenedInput& input, InputIndex index, Kept kept) const;
  tl::expected<void, InputError> open_reader(OpenedInput& input, Source stored,
                                             InputIndex index) const;
  tl::expected<void, InputError> open_format(OpenedInput& input, ReadWindow window,
                                             InputIndex index) const;
  std::filesystem::path spool_file(InputIndex index) const;

  const InputSettings settings_;
  const InputRequest request_;
};

}  // namespace payferry
