#include "bench/harness/output_file.hpp"

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace payferry::bench {

namespace {

constexpr std::size_t kChunkBytes = std::size_t{1} << 20U;

}  // namespace

OutputFile::OutputFile(const std::string& path)
    : name_(path == "-" ? "standard output" : path),
      file_(path == "-" ? stdout : std::fopen(path.c_str(), "wb")) {
  if (file_ == nullptr) fail();
}

OutputFile::~OutputFile() {
  if (file_ != nullptr && file_ != stdout) std::fclose(file_);
}

void OutputFile::write_if_large() {
  if (text_.size() >= kChunkBytes) write();
}

void OutputFile::write() {
  const bool whole = std::fwrite(text_.data(), 1, text_.size(), file_) == text_.size();
  if (!whole || std::fflush(file_) != 0) fail();
  text_.clear();
}

void OutputFile::fail() const {
  throw std::runtime_error("cannot write " + name_ + ": " + std::strerror(errno));
}

}  // namespace payferry::bench
