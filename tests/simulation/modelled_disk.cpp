#include "simulation/modelled_disk.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>

#include "loader/run/creator_search.hpp"
#include "loader/run/disk_failure.hpp"

namespace payferry::test {

namespace asio = boost::asio;

ModelledDisk::ModelledDisk(FileContents contents, Time& time, std::mt19937_64& random,
                           CrashPlan plan, std::function<void()> on_crash)
    : time_(time),
      random_(random),
      plan_(plan),
      on_crash_(std::move(on_crash)),
      contents_(std::move(contents)) {
  for (std::size_t file = 0; file < kLogFileCount; ++file) durable_[file] = contents_[file].size();
}

std::string& ModelledDisk::buffer(LogFile file) {
  return crashed_ ? thrown_away_[index(file)] : contents_[index(file)];
}

std::uint64_t ModelledDisk::size(LogFile file) const {
  return contents_[index(file)].size();
}

asio::awaitable<void> ModelledDisk::commit() {
  if (crashed_) throw DiskFailure("the modelled machine has no power");
  const bool is_last = ++commits_ == plan_.at_commit;
  if (is_last && !plan_.after) crash();
  std::array<std::size_t, kLogFileCount> appended{};
  for (std::size_t file = 0; file < kLogFileCount; ++file) appended[file] = contents_[file].size();
  const std::chrono::microseconds flush(std::uniform_int_distribution<>(0, 20'000)(random_));
  co_await time_.sleep_for(flush);
  if (crashed_) throw DiskFailure("the modelled machine has no power");
  for (std::size_t file = 0; file < kLogFileCount; ++file)
    durable_[file] = std::max(durable_[file], appended[file]);
  if (is_last) {
    crash();
    throw DiskFailure("the modelled machine has no power");
  }
}

asio::awaitable<std::vector<RecordNumber>> ModelledDisk::find_creators(
    std::vector<std::string> ids) {
  co_await commit();
  const std::chrono::milliseconds pass(std::uniform_int_distribution<>(0, 2'000)(random_));
  co_await time_.sleep_for(pass);
  if (crashed_) throw DiskFailure("the modelled machine has no power");
  CreatorSearch search;
  for (const std::string& id : ids) search.ask_for(id);
  const std::string& outcomes = contents_[index(LogFile::outcomes)];
  for (std::size_t start = 0; start < outcomes.size();) {
    const std::size_t end = outcomes.find('\n', start);
    search.note(std::string_view(outcomes).substr(start, end - start));
    start = end + 1;
  }
  std::vector<RecordNumber> creators;
  creators.reserve(ids.size());
  for (const std::string& id : ids) creators.push_back(search.creator_of(id));
  co_return creators;
}

void ModelledDisk::crash() {
  if (crashed_) return;
  crashed_ = true;
  // A group is written file by file in the order of LogFile: one may be half written, those behind
  // it are not at all.
  const auto interrupted = std::uniform_int_distribution<std::size_t>(0, kLogFileCount)(random_);
  for (std::size_t file = 0; file < kLogFileCount; ++file) {
    const std::size_t unsynced = contents_[file].size() - durable_[file];
    std::size_t kept = file < interrupted ? unsynced : 0;
    if (file == interrupted)
      kept = std::uniform_int_distribution<std::size_t>(0, unsynced)(random_);
    after_crash_[file] = contents_[file].substr(0, durable_[file] + kept);
  }
  on_crash_();
}

FileContents ModelledDisk::surviving() const {
  return crashed_ ? after_crash_ : contents_;
}

}  // namespace payferry::test
