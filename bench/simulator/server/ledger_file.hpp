#pragma once

#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>

#include "bench/simulator/core/ledger.hpp"

namespace payferry::simulator {

/// The ledger on disk: each entry's line is there before the answer that tells of it goes out.
class LedgerFile {
 public:
  /// Starts a new file. Throws std::runtime_error with one clear sentence where it cannot be
  /// written.
  explicit LedgerFile(const std::string& path);

  /// Appends what is new in the ledger.
  void append_new(const Ledger& ledger);

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::string path_;
  std::unique_ptr<std::FILE, Closer> file_;
  std::size_t written_ = 0;
  std::string lines_;
};

}  // namespace payferry::simulator
