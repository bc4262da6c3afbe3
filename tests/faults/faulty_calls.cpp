// Put before libc, this makes calls of a program fail as PAYFERRY_FAULTS says: any number of
//
//   call=NAME file=END-OF-PATH nth=N error=NUMBER [times=N] [short] [clock=SECONDS]
//
// parted by ";". From the nth call (from 1) on a file whose path ends so, `times` calls fail with
// that error (all, where it is 0); a `short` write takes one byte instead, and fails in no way;
// nor does a call with `clock`, which sets the wall clock so far ahead instead.
// getaddrinfo has a host for a file and an EAI number for an error; with `interrupts` it sends the
// program SIGINT instead and never comes back. PAYFERRY_CLOCK_JUMP=SECONDS
// puts the wall clock so far ahead and back again, by turns, every 100 ms of real time.

#include <dlfcn.h>
#include <fcntl.h>
#include <netdb.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <list>
#include <sstream>
#include <string>
#include <string_view>

namespace {

struct Fault {
  std::string call;
  std::string file;
  long nth = 1;
  long times = 1;
  int error = 0;
  bool is_short = false;
  bool interrupts = false;
  long clock = 0;
  std::atomic<long> calls{0};

  bool strikes() {
    const long call_number = ++calls;
    return call_number >= nth && (times == 0 || call_number < nth + times);
  }
};

void set(Fault& fault, const std::string& word) {
  const auto at = word.find('=');
  const std::string name = word.substr(0, at);
  const std::string value = at == std::string::npos ? "" : word.substr(at + 1);
  if (name == "call") fault.call = value;
  if (name == "file") fault.file = value;
  if (name == "nth") fault.nth = std::stol(value);
  if (name == "times") fault.times = std::stol(value);
  if (name == "error") fault.error = std::stoi(value);
  if (name == "short") fault.is_short = true;
  if (name == "interrupts") fault.interrupts = true;
  if (name == "clock") fault.clock = std::stol(value);
}

std::list<Fault>& faults() {
  static std::list<Fault>* const all = [] {
    auto* read = new std::list<Fault>();
    const char* text = std::getenv("PAYFERRY_FAULTS");
    std::istringstream parts(text == nullptr ? "" : text);
    for (std::string part; std::getline(parts, part, ';');) {
      Fault& fault = read->emplace_back();
      std::istringstream words(part);
      for (std::string word; words >> word;) set(fault, word);
    }
    return read;
  }();
  return *all;
}

/// How far the wall clock has been set ahead.
std::atomic<long> clock_set{0};

Fault* fault_of(std::string_view call, std::string_view path) {
  for (Fault& fault : faults()) {
    if (fault.call != call || !path.ends_with(fault.file) || !fault.strikes()) continue;
    if (fault.clock == 0) return &fault;
    clock_set += fault.clock;
  }
  return nullptr;
}

Fault* fault_of(std::string_view call, int descriptor) {
  if (faults().empty()) return nullptr;
  const int kept = errno;
  char path[PATH_MAX];
  const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
  const ssize_t size = ::readlink(link.c_str(), path, sizeof path);
  errno = kept;
  return size < 0 ? nullptr
                  : fault_of(call, std::string_view(path, static_cast<std::size_t>(size)));
}

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

int fail(const Fault& fault) {
  errno = fault.error;
  return -1;
}

timespec now_of(clockid_t clock) {
  static auto* const real = next<int(clockid_t, timespec*)>("clock_gettime");
  timespec time{};
  real(clock, &time);
  return time;
}

long clock_jump() {
  static const char* const text = std::getenv("PAYFERRY_CLOCK_JUMP");
  if (text == nullptr) return 0;
  const timespec steady = now_of(CLOCK_MONOTONIC);
  const bool is_ahead = (steady.tv_sec * 10 + steady.tv_nsec / 100'000'000) % 2 == 0;
  return is_ahead ? std::atol(text) : -std::atol(text);
}

}  // namespace

extern "C" {

ssize_t write(int descriptor, const void* bytes, size_t size) {
  static auto* const real = next<ssize_t(int, const void*, size_t)>("write");
  const Fault* fault = fault_of("write", descriptor);
  if (fault != nullptr && fault->is_short) return real(descriptor, bytes, size > 0 ? 1 : 0);
  return fault != nullptr ? fail(*fault) : real(descriptor, bytes, size);
}

ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t at) {
  static auto* const real = next<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  const Fault* fault = fault_of("pwrite", descriptor);
  return fault != nullptr ? fail(*fault) : real(descriptor, bytes, size, at);
}

ssize_t read(int descriptor, void* bytes, size_t size) {
  static auto* const real = next<ssize_t(int, void*, size_t)>("read");
  const Fault* fault = fault_of("read", descriptor);
  if (fault != nullptr && fault->is_short) return real(descriptor, bytes, size > 0 ? 1 : 0);
  return fault != nullptr ? fail(*fault) : real(descriptor, bytes, size);
}

int fdatasync(int descriptor) {
  static auto* const real = next<int(int)>("fdatasync");
  const Fault* fault = fault_of("fdatasync", descriptor);
  return fault != nullptr ? fail(*fault) : real(descriptor);
}

int fsync(int descriptor) {
  static auto* const real = next<int(int)>("fsync");
  const Fault* fault = fault_of("fsync", descriptor);
  return fault != nullptr ? fail(*fault) : real(descriptor);
}

int rename(const char* from, const char* to) noexcept {
  static auto* const real = next<int(const char*, const char*)>("rename");
  const Fault* fault = fault_of("rename", std::string_view(to));
  return fault != nullptr ? fail(*fault) : real(from, to);
}

int open(const char* path, int flags, ...) {
  static auto* const real = next<int(const char*, int, ...)>("open");
  va_list more;
  va_start(more, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  const Fault* fault = fault_of("open", std::string_view(path));
  return fault != nullptr ? fail(*fault) : real(path, flags, mode);
}

int getaddrinfo(const char* host, const char* service, const addrinfo* hints, addrinfo** found) {
  static auto* const real =
      next<int(const char*, const char*, const addrinfo*, addrinfo**)>("getaddrinfo");
  const Fault* fault = fault_of("getaddrinfo", std::string_view(host == nullptr ? "" : host));
  if (fault != nullptr && fault->interrupts) {
    ::kill(::getpid(), SIGINT);
    for (;;) ::pause();
  }
  return fault != nullptr ? fault->error : real(host, service, hints, found);
}

int clock_gettime(clockid_t clock, timespec* time) noexcept {
  *time = now_of(clock);
  if (clock == CLOCK_REALTIME) time->tv_sec += clock_jump() + clock_set;
  return 0;
}

}  // extern "C"
