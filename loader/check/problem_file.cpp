#include "loader/check/problem_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>
#include <utility>

#include "loader/check/problem_line.hpp"

namespace payferry {

namespace {

constexpr std::size_t kBufferBytes = 64 * 1024;

/// Without what stands for compression and format.
std::string stem_of(const std::string& input) {
  if (input == "-") return "stdin";
  std::filesystem::path name = std::filesystem::path(input).filename();
  if (name.extension() == ".gz" || name.extension() == ".zst") name = name.stem();
  return name.stem().string();
}

}  // namespace

std::filesystem::path problem_file_name(const std::string& first_input) {
  return stem_of(first_input) + "-problems.ndjson";
}

ProblemFile::ProblemFile(std::filesystem::path path)
    : path_(std::move(path)), partial_(path_.string() + ".partial-" + std::to_string(::getpid())) {}

ProblemFile::~ProblemFile() {
  if (file_.is_open() && !finished_) ::unlink(partial_.c_str());
}

void ProblemFile::add(const Problem& problem) {
  if (!failure_.empty()) return;
  if (problems_ == 0) open();
  append_problem_line(buffer_, ++problems_, problem);
  if (buffer_.size() >= kBufferBytes) write_out();
}

void ProblemFile::open() {
  // Not through a link that somebody else has laid there.
  constexpr int kFlags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC;
  file_ = FileDescriptor(::open(partial_.c_str(), kFlags, 0600));
  if (!file_.is_open()) fail();
}

void ProblemFile::write_out() {
  if (!failure_.empty()) return;
  if (!write_whole(file_.get(), buffer_)) fail();
  buffer_.clear();
}

void ProblemFile::fail() {
  failure_ = "The list of all problems cannot be written to " + path_.string() + ": " +
             std::strerror(errno) + "; make room there, or start payferry in another directory";
}

void ProblemFile::finish() {
  if (problems_ == 0) return remove_earlier_list();
  write_out();
  if (failure_.empty() && ::rename(partial_.c_str(), path_.c_str()) != 0) fail();
  finished_ = failure_.empty();
}

void ProblemFile::remove_earlier_list() const {
  std::array<char, kFirstProblem.size()> beginning{};
  std::ifstream file(path_, std::ios::binary);
  file.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
  if (!file || std::string_view(beginning.data(), beginning.size()) != kFirstProblem) return;
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

}  // namespace payferry
