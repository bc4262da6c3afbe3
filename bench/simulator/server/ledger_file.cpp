#include "bench/simulator/server/ledger_file.hpp"

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace payferry::simulator {

LedgerFile::LedgerFile(const std::string& path)
    : path_(path), file_(std::fopen(path.c_str(), "we")) {
  if (!file_) {
    throw std::runtime_error("cannot write the ledger " + path + ": " + std::strerror(errno));
  }
}

void LedgerFile::append_new(const Ledger& ledger) {
  if (ledger.entries().size() == written_) return;
  lines_.clear();
  ledger.append_ndjson(lines_, written_);
  written_ = ledger.entries().size();
  const bool whole = std::fwrite(lines_.data(), 1, lines_.size(), file_.get()) == lines_.size();
  if (!whole || std::fflush(file_.get()) != 0) {
    throw std::runtime_error("cannot write the ledger " + path_ + ": " + std::strerror(errno));
  }
}

}  // namespace payferry::simulator
