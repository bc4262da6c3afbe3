#pragma once

#include <cstdint>
#include <vector>

namespace payferry {

/// Stands between the code under test and fdatasync, while it lives; only one may.
class WatchedDisk {
 public:
  WatchedDisk();
  ~WatchedDisk();
  WatchedDisk(const WatchedDisk&) = delete;
  WatchedDisk& operator=(const WatchedDisk&) = delete;

  /// Nothing is flushed from now on before let_go().
  void hold_back();
  void let_go();
  /// True once somebody waits for a flush that is held back; false where that takes too long.
  static bool has_waiter();
  /// Flushes fail from now on, 0: no more.
  void fail(int error);
  /// The size that the file had at each flush.
  std::vector<std::uint64_t> flushed() const;
};

}  // namespace payferry
