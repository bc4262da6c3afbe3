#include "loader/source/input_set.hpp"

#include <atomic>
#include <utility>

#include "loader/source/column_match.hpp"
#include "loader/source/input_file.hpp"
#include "loader/source/input_opener.hpp"
#include "loader/source/row_order.hpp"

namespace payferry {

/// The inputs in order, one of them being read.
class InputSet::State {
 public:
  State(const InputSettings& settings, const InputRequest& request)
      : opener_(settings, request),
        only_compares_(request.only_compares),
        delimiter_(settings.delimiter),
        interrupted_(request.interrupted) {}

  std::optional<InputError> open_all(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      if (only_compares_ && !opener_.has_kept(InputIndex(i))) continue;
      auto opened = opener_.open(InputIndex(i));
      if (!opened) return opened.error();
      if (auto error = add(std::move(*opened))) return error;
    }
    return std::nullopt;
  }

  /// A signal ends it only by what a pipe makes of it: a stop must have been asked for before the
  /// end seems to be there.
  bool next(Record& record) {
    while (!stopped_ && current_ < inputs_.size()) {
      if (open_current() && inputs_[current_].reader->next(record)) {
        next_number_ = record.number.next();
        if (inputs_[current_].order) inputs_[current_].order->apply(record);
        if (record.error) take_breaks();
        return true;
      }
      leave_current();
    }
    return false;
  }

  void resume_at(SourcePosition position, RecordNumber number) {
    for (current_ = 0; current_ < position.input.value(); ++current_) inputs_[current_].pass();
    next_number_ = number;
    if (open_current()) inputs_[current_].reader->resume_at(position, number);
  }

  SourcePosition position() const {
    if (current_ == inputs_.size()) return end_;
    const auto& reader = inputs_[current_].reader;
    return reader ? reader->position()
                  : SourcePosition{InputIndex(current_), LineNumber(1), ByteOffset(0)};
  }

  ReadProgress progress() const {
    ReadProgress sum{0, 0};
    for (const Input& input : inputs_) add_progress(sum, input);
    return sum;
  }

  void stop() {
    stopped_ = true;
    for (const auto& spool : spools_) spool->stop();
  }

  bool wait_until_kept(std::chrono::milliseconds limit) {
    const auto until = std::chrono::steady_clock::now() + limit;
    bool complete = true;
    for (const auto& spool : spools_) {
      const auto left = until - std::chrono::steady_clock::now();
      complete = spool->wait_until_complete(std::chrono::ceil<std::chrono::milliseconds>(left)) &&
                 complete;
    }
    return complete;
  }

  bool is_end_doubted() {
    return current_ == inputs_.size() && !ends_broken_ &&
           !wait_until_kept(std::chrono::milliseconds(0));
  }

  const std::vector<std::string>& columns() const { return columns_; }
  std::span<const SourceBreak> breaks() const { return breaks_; }
  InputFormat format() const { return format_; }
  const std::string& raw_header() const { return raw_header_; }
  const std::vector<InputInfo>& infos() const { return infos_; }

 private:
  struct Input {
    std::unique_ptr<TextReader> reader;  ///< null: a regular file, not opened yet or left behind
    std::optional<RowOrder>
        order;              ///< where its columns stand in another order than the first input's
    ReadProgress progress;  ///< while there is no reader
    std::size_t breaks_taken = 0;

    /// An earlier process has read it.
    void pass() {
      if (reader) progress = reader->progress();
      progress.bytes_read = progress.bytes_total.value_or(progress.bytes_read);
      reader.reset();
    }
  };

  /// What a reader then calls broken is the stop.
  bool is_cut_off() {
    const bool is_stopped = stopped_ || interrupted_.stop_requested();
    return is_stopped && !wait_until_kept(std::chrono::milliseconds(0));
  }

  std::optional<InputError> add(OpenedInput opened) {
    Input input;
    if (inputs_.empty()) {
      columns_ = opened.reader->columns();
      format_ = opened.format;
      raw_header_ = std::move(opened.raw_header);
    } else if (auto error = match(opened, input)) {
      return error;
    }
    input.progress = {0, opened.reader->progress().bytes_total};
    if (opened.spool) spools_.push_back(std::move(opened.spool));
    // Of many files only the first is kept open; a pipe cannot be opened again.
    if (inputs_.empty() || !opened.info.fingerprint) input.reader = std::move(opened.reader);
    inputs_.push_back(std::move(input));
    infos_.push_back(std::move(opened.info));
    return std::nullopt;
  }

  std::optional<InputError> match(const OpenedInput& opened, Input& input) const {
    const std::string& first = infos_.front().path;
    if (opened.format != format_) {
      return InputError(opened.info.path + " and " + first +
                        " are of different formats; load CSV and NDJSON in runs of their own.");
    }
    const std::vector<std::string>& columns = opened.reader->columns();
    auto places = match_columns(columns_, columns, first, opened.info.path);
    if (!places) return places.error();
    if (!places->empty())
      input.order.emplace(std::move(*places), columns.size(), delimiter_, opened.info.path);
    return std::nullopt;
  }

  /// False where the input cannot be used any more.
  bool open_current() {
    Input& input = inputs_[current_];
    if (input.reader) return true;
    auto opened = opener_.open_again(InputIndex(current_), infos_[current_]);
    auto error = opened ? match(*opened, input) : std::optional(opened.error());
    if (error) {
      const SourcePosition begin{InputIndex(current_), LineNumber(1), ByteOffset(0)};
      breaks_.push_back({begin, std::move(error->message)});
      end_broken();
      return false;
    }
    input.reader = std::move(opened->reader);
    number_on();
    return true;
  }

  void number_on() {
    TextReader& reader = *inputs_[current_].reader;
    reader.resume_at(reader.position(), next_number_);
  }

  void leave_current() {
    Input& input = inputs_[current_];
    const bool goes_on = can_go_on();
    end_ = position();
    if (input.reader) {
      input.progress = input.reader->progress();
      if (goes_on) {
        take_breaks();
      } else if (!is_cut_off()) {
        take_breaks();
        end_broken();
      }
      input.reader.reset();
    }
    current_ = goes_on ? current_ + 1 : inputs_.size();
    if (current_ < inputs_.size() && inputs_[current_].reader) number_on();
  }

  bool can_go_on() const {
    const auto& reader = inputs_[current_].reader;
    if (!reader || !reader->source_broke()) return reader != nullptr;
    return infos_[current_].fingerprint && reader->is_content_damaged();
  }

  void take_breaks() {
    Input& input = inputs_[current_];
    const auto breaks = input.reader->breaks().subspan(input.breaks_taken);
    breaks_.insert(breaks_.end(), breaks.begin(), breaks.end());
    input.breaks_taken += breaks.size();
  }

  void end_broken() {
    ends_broken_ = true;
    const std::size_t left = infos_.size() - current_ - 1;
    if (left == 0) return;
    std::string& message = breaks_.back().message;
    message += "; " + input_name(infos_[current_ + 1].path);
    if (left > 1) message += " and " + std::to_string(left - 1) + " more";
    message += left > 1 ? " were not read" : " was not read";
  }

  static void add_progress(ReadProgress& sum, const Input& input) {
    const ReadProgress own = input.reader ? input.reader->progress() : input.progress;
    sum.bytes_read += own.bytes_read;
    if (sum.bytes_total && own.bytes_total) {
      *sum.bytes_total += *own.bytes_total;
    } else {
      sum.bytes_total.reset();
    }
  }

  const InputOpener opener_;
  const bool only_compares_;
  const char delimiter_;
  const std::stop_token interrupted_;
  std::vector<std::unique_ptr<Spool>> spools_;
  std::vector<Input> inputs_;
  std::vector<InputInfo> infos_;
  std::vector<std::string> columns_;
  InputFormat format_ = InputFormat::csv;
  std::string raw_header_;
  std::size_t current_ = 0;
  RecordNumber next_number_{1};
  SourcePosition end_;
  std::vector<SourceBreak> breaks_;
  bool ends_broken_ = false;  ///< nothing behind that place could be read
  std::atomic<bool> stopped_ = false;
};

InputSet::InputSet(std::unique_ptr<State> state) : state_(std::move(state)) {}
InputSet::~InputSet() = default;

bool InputSet::next(Record& record) {
  return state_->next(record);
}
const std::vector<std::string>& InputSet::columns() const {
  return state_->columns();
}
std::span<const SourceBreak> InputSet::breaks() const {
  return state_->breaks();
}
SourcePosition InputSet::position() const {
  return state_->position();
}
void InputSet::resume_at(SourcePosition position, RecordNumber number) {
  state_->resume_at(position, number);
}
ReadProgress InputSet::progress() const {
  return state_->progress();
}
void InputSet::stop() {
  state_->stop();
}
bool InputSet::wait_until_kept(std::chrono::milliseconds limit) {
  return state_->wait_until_kept(limit);
}
bool InputSet::is_end_doubted() const {
  return state_->is_end_doubted();
}
InputFormat InputSet::format() const {
  return state_->format();
}
std::string_view InputSet::raw_header() const {
  return state_->raw_header();
}
const std::vector<InputInfo>& InputSet::inputs() const {
  return state_->infos();
}

tl::expected<std::unique_ptr<InputSet>, InputError> open_inputs(const InputSettings& settings,
                                                                const InputRequest& request) {
  auto state = std::make_unique<InputSet::State>(settings, request);
  if (auto error = state->open_all(request.paths.size())) return tl::unexpected(std::move(*error));
  return std::unique_ptr<InputSet>(new InputSet(std::move(state)));
}

}  // namespace payferry
