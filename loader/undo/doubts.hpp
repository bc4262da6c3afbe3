#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loader/calls/call_context.hpp"
#include "loader/calls/call_crew.hpp"
#include "loader/calls/patience.hpp"
#include "loader/delivery/origin.hpp"
#include "loader/run/append_file.hpp"
#include "loader/run/recovery.hpp"
#include "loader/source/record_reader.hpp"
#include "model/batch_answer.hpp"
#include "model/classify_read.hpp"
#include "model/mapping.hpp"
#include "net/hubspot_clock.hpp"

namespace payferry {

/// A record that was sent and has no outcome, since the run was broken off: HubSpot may have it.
struct DoubtfulRecord {
  RecordNumber record;
  SourcePosition position;
  std::string key;
  RecordInDoubt doubt;
  std::string id;  ///< of a record that HubSpot has under the key; empty where none is known
};

/// Reads the source again for what `state` says to be in doubt, in the order of the source; as many
/// as there were sent since the last checkpoint.
std::vector<DoubtfulRecord> find_doubtful(RecordReader& reader, const Mapping& mapping,
                                          const ResumeState& state);

/// Looks up what is in doubt by its key, once HubSpot must be done with it. What this run certainly
/// made is logged as created, as a resumed run would have done (judge_origin), so that undo finds
/// it there. Thread: the network's.
class DoubtSettler final : public BatchWork {
 public:
  struct Options {
    RunFacts run;
    std::vector<std::string> file_names;  ///< by InputIndex; empty: one input, not named
  };

  /// `context` and `outcomes`, the results log, must outlive this.
  DoubtSettler(CallContext& context, std::vector<DoubtfulRecord> records, AppendFile& outcomes,
               Options options);

  std::optional<boost::asio::awaitable<void>> next() override;

  /// What stays in doubt: HubSpot has it, and who made it cannot be told, or it was not looked up.
  std::vector<DoubtfulRecord> left() const;

 private:
  using Places = std::vector<std::size_t>;
  enum class Told { nothing, all, in_halves };

  boost::asio::awaitable<void> settle(Places places);
  boost::asio::awaitable<Told> look_up(const Places& places, Patience& patience);
  std::vector<std::string_view> write_body(const Places& places, std::string& body) const;
  boost::asio::awaitable<void> wait_until_settled(const Places& places);
  void take(const Places& places, const ReadVerdict& verdict, int http);
  void take_found(DoubtfulRecord& record, const AnsweredRecord& found, int http);
  void log_created(const DoubtfulRecord& record, int http);

  CallContext& context_;
  std::vector<DoubtfulRecord> records_;
  std::vector<bool> settled_;
  AppendFile& outcomes_;
  Options options_;
  HubSpotClock clock_;
  std::size_t next_ = 0;
};

}  // namespace payferry
