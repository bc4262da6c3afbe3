#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "config/settings.hpp"
#include "loader/source/fingerprint.hpp"
#include "loader/source/input_error.hpp"
#include "loader/source/record_reader.hpp"

namespace payferry {

/// What is to be read.
struct InputRequest {
  std::vector<std::string> paths;   ///< in order; "-" is standard input
  std::vector<std::string> wanted;  ///< Mapping::columns_read; what an NDJSON reader extracts
  /// The run directory: what cannot be read twice (standard input, a FIFO) is kept here as it is
  /// read, and is read from here when it has been kept before. Empty: not kept.
  std::filesystem::path spool_directory;
  /// Where a pipe has been kept: it brings the same again, and the rest where only a part was kept
  /// (payferry load on a run that stands). False: what is kept is read, and a part then said to be
  /// broken off.
  bool pipes_come_again = false;
  /// Pipes that come again are only compared with what was kept: the run is complete, and nothing
  /// in the spool directory may change. Other inputs, of which nothing was kept, are not opened.
  bool only_compares = false;
  /// Of what is kept: `commit` gives out no row before it is durable.
  Durability durability = Durability::commit;
  /// By a signal, which ends the reading as InputSet::stop does, but for what a Spool makes of it.
  std::stop_token interrupted = {};
  /// While the inputs are opened: gives up waiting for pipes, as InputSet::stop does.
  std::stop_token given_up = {};
};

/// One input of a run, as the manifest names it.
struct InputInfo {
  std::string path;
  bool spooled = false;
  /// Of a regular file; none of what is spooled, which the run directory itself vouches for.
  std::optional<Fingerprint> fingerprint;
};

/// All inputs of a run as one: record numbers run on, positions name the input. All have one
/// format, and CSV files have the same columns by name, in any order; their cells come in the order
/// of the first file's header. A file is read up to the size that it had when it was opened here;
/// rows added later are not seen. What follows a regular file whose content is damaged is read too;
/// behind any other input that breaks off nothing is, since it may bring more another time, and the
/// numbers of the records behind it would then be others.
class InputSet final : public RecordReader {
 public:
  bool next(Record& record) override;
  const std::vector<std::string>& columns() const override;
  std::span<const SourceBreak> breaks() const override;
  SourcePosition position() const override;
  void resume_at(SourcePosition position, RecordNumber number) override;
  ReadProgress progress() const override;

  /// From any thread: gives up waiting for a pipe. next() returns false from now on, and nothing is
  /// called broken.
  void stop();

  /// Waits until all that comes through pipes is kept in the spool directory, so that a resumed run
  /// has it; at most for `limit`. True where all of it is kept (always without pipes). From any
  /// thread, before stop(), which ends the keeping.
  bool wait_until_kept(std::chrono::milliseconds limit);

  /// All was read, but the end of a pipe is not believed. Once reading has ended.
  bool is_end_doubted() const;

  /// csv or ndjson, never automatic.
  InputFormat format() const;
  /// The first CSV file's header as it stands there (own encoding, with its byte order mark, which
  /// spreadsheets look for, but without its line end); for rejects.
  std::string_view raw_header() const;
  const std::vector<InputInfo>& inputs() const;

  ~InputSet() override;

 private:
  class State;
  explicit InputSet(std::unique_ptr<State> state);
  friend tl::expected<std::unique_ptr<InputSet>, InputError> open_inputs(const InputSettings&,
                                                                         const InputRequest&);

  std::unique_ptr<State> state_;
};

/// Opens every input and reads its beginning, so that what cannot be used is known before anything
/// is sent: a file that is not there or is a directory, one of 0 bytes, a header with a name twice
/// or not like the first file's.
tl::expected<std::unique_ptr<InputSet>, InputError> open_inputs(const InputSettings& settings,
                                                                const InputRequest& request);

}  // namespace payferry
