#include "watched_disk.hpp"

#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace payferry {

namespace {

struct State {
  std::mutex mutex;
  std::condition_variable changed;
  bool is_held_back = false;
  int waiting = 0;
  int error = 0;
  std::vector<std::uint64_t> flushed;
};

State& state() {
  static State the_state;
  return the_state;
}

std::uint64_t size_of(int descriptor) {
  struct stat status {};
  ::fstat(descriptor, &status);
  return static_cast<std::uint64_t>(status.st_size);
}

int flush(int descriptor) {
  std::unique_lock lock(state().mutex);
  const std::uint64_t size = size_of(descriptor);
  ++state().waiting;
  state().changed.notify_all();
  state().changed.wait(lock, [] { return !state().is_held_back; });
  --state().waiting;
  if (state().error != 0) {
    errno = state().error;
    return -1;
  }
  state().flushed.push_back(size);
  return 0;
}

}  // namespace

WatchedDisk::WatchedDisk() {
  fail(0);
  const std::lock_guard lock(state().mutex);
  state().flushed.clear();
}

WatchedDisk::~WatchedDisk() {
  fail(0);
  let_go();
}

void WatchedDisk::hold_back() {
  const std::lock_guard lock(state().mutex);
  state().is_held_back = true;
}

void WatchedDisk::let_go() {
  const std::lock_guard lock(state().mutex);
  state().is_held_back = false;
  state().changed.notify_all();
}

bool WatchedDisk::has_waiter() {
  std::unique_lock lock(state().mutex);
  return state().changed.wait_for(lock, std::chrono::seconds(10),
                                  [] { return state().waiting > 0; });
}

void WatchedDisk::fail(int error) {
  const std::lock_guard lock(state().mutex);
  state().error = error;
}

std::vector<std::uint64_t> WatchedDisk::flushed() const {
  const std::lock_guard lock(state().mutex);
  return state().flushed;
}

}  // namespace payferry

// Of all that is linked into this program the dynamic linker takes this one, before libc's.
extern "C" int fdatasync(int descriptor) {
  return payferry::flush(descriptor);
}
