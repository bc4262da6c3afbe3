#pragma once

#include <spdlog/logger.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "config/command_line.hpp"
#include "loader/delivery/delivery_events.hpp"
#include "loader/delivery/stop_signal.hpp"
#include "loader/report/summary.hpp"
#include "loader/run/recovery.hpp"
#include "loader/undo/undo_text.hpp"

namespace payferry {

/// payferry.log: one event a line, for people. No token ever, and no payment data: of what HubSpot
/// says only codes and correlation ids are written, its sentences (they quote values) at debug.
/// Thread: the network's.
class EventLog final : public DeliveryEvents {
 public:
  explicit EventLog(std::shared_ptr<spdlog::logger> logger) : logger_(std::move(logger)) {}
  /// A rotating file.
  static EventLog open(const std::filesystem::path& file, LogLevel level);

  void run_begins(std::string_view run_id, std::size_t inputs, bool is_new);
  /// What an earlier process left.
  void recovered(const ResumeState& state);
  void progress(const std::string& line);
  void waits(const std::string& why);
  void stop_asked(const StopSignal& stop);
  void run_left(const Summary& summary);
  void failed(std::string_view what);

  void undo_begins(std::string_view run_id, const UndoEnd& before);
  void undo_left(const UndoEnd& end, int exit_code);
  void undo_declined();

  void sending(BatchNumber batch, std::uint32_t attempt, std::size_t records) override;
  void ended(const RequestEnd& request) override;
  void held(SteadyDuration pause) override;
  void waits(BatchNumber batch, SteadyDuration pause, WaitReason reason) override;

 private:
  void note_outage(const RequestEnd& request);

  std::shared_ptr<spdlog::logger> logger_;
  bool outage_ = false;
};

}  // namespace payferry
