#pragma once

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "loader/run/creator_search.hpp"
#include "model/ids.hpp"

namespace payferry {

/// Finds out from the results log which records were loaded as given ids. A thread of its own reads
/// the log, which may be gigabytes long, so that nobody but who asks waits for it: from begin to
/// end for all questions that are there when it begins; what is asked meanwhile is answered by the
/// next pass. Must be destroyed on the network's thread while its io_context does not run.
class CreatorFinder {
 public:
  /// Starts its thread with the first question: most runs have none.
  CreatorFinder(std::filesystem::path outcomes, boost::asio::any_io_executor executor);
  /// Breaks off a pass that is under way.
  ~CreatorFinder();
  CreatorFinder(const CreatorFinder&) = delete;
  CreatorFinder& operator=(const CreatorFinder&) = delete;

  /// By id: the record that was loaded as it; RecordNumber() for none. Sees at least what stands in
  /// the log when it is called. Whoever waits can be cancelled at any time. Throws DiskFailure.
  boost::asio::awaitable<std::vector<RecordNumber>> find(std::vector<std::string> ids);

 private:
  struct Question;
  /// Shared by who asks and by the thread, since who asks may leave before the answer is there.
  using Questions = std::vector<std::shared_ptr<Question>>;

  void ask(std::shared_ptr<Question> question);
  void run_search_thread();
  /// Waits for some; none once it is ending.
  Questions take_questions();
  void answer(const Questions& questions) const;
  void read_log(CreatorSearch& search) const;

  const std::filesystem::path outcomes_;
  boost::asio::any_io_executor executor_;

  std::mutex mutex_;  ///< guards asked_
  std::condition_variable wake_;
  Questions asked_;
  std::atomic<bool> ending_ = false;  ///< changes under the mutex; a pass looks at it without
  std::thread search_thread_;
};

}  // namespace payferry
