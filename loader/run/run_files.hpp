#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "loader/run/durable_log.hpp"

namespace payferry {

/// The run's growing files, as a process finds them before it writes. Tests pass modelled ones.
class RunFiles {
 public:
  using OnLine = std::function<void(std::string_view line, std::uint64_t offset)>;

  virtual ~RunFiles() = default;
  /// 0 for a file that is not there.
  virtual std::uint64_t size(LogFile file) const = 0;
  /// Each whole line from byte `from` on, without its line end. Returns the byte after the last
  /// whole line: what stands behind it is a torn line. Throws DiskFailure.
  virtual std::uint64_t read_lines(LogFile file, std::uint64_t from,
                                   const OnLine& on_line) const = 0;
  /// Cuts off what the file has beyond `bytes`, durably. Throws DiskFailure.
  virtual void cut_off(LogFile file, std::uint64_t bytes) = 0;
  /// Writes again, durably, what stands from byte `from` on. Where a flush failed, the kernel may
  /// show bytes that the disk does not hold, and would never write them. Throws DiskFailure.
  virtual void write_again(LogFile file, std::uint64_t from) = 0;
  /// For messages.
  virtual std::string name(LogFile file) const = 0;
};

}  // namespace payferry
