#include "loader/run/creator_finder.hpp"

#include <boost/asio/post.hpp>
#include <exception>
#include <optional>
#include <utility>

#include "loader/run/disk_failure.hpp"
#include "loader/run/line_reader.hpp"
#include "net/event.hpp"

namespace payferry {

namespace asio = boost::asio;

struct CreatorFinder::Question {
  Question(std::vector<std::string> asked, const asio::any_io_executor& executor)
      : ids(std::move(asked)), changed(executor) {}

  const std::vector<std::string> ids;
  // The search thread's until it posts the question back.
  std::vector<RecordNumber> creators;
  std::optional<std::string> failure;
  // The network thread's.
  bool answered = false;
  Event changed;
};

CreatorFinder::CreatorFinder(std::filesystem::path outcomes, asio::any_io_executor executor)
    : outcomes_(std::move(outcomes)), executor_(std::move(executor)) {}

CreatorFinder::~CreatorFinder() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  if (search_thread_.joinable()) search_thread_.join();
}

asio::awaitable<std::vector<RecordNumber>> CreatorFinder::find(std::vector<std::string> ids) {
  const auto question = std::make_shared<Question>(std::move(ids), executor_);
  ask(question);
  while (!question->answered) co_await question->changed.wait();
  if (question->failure) throw DiskFailure(*question->failure);
  co_return std::move(question->creators);
}

void CreatorFinder::ask(std::shared_ptr<Question> question) {
  {
    const std::lock_guard lock(mutex_);
    asked_.push_back(std::move(question));
  }
  wake_.notify_one();
  if (!search_thread_.joinable()) search_thread_ = std::thread([this] { run_search_thread(); });
}

void CreatorFinder::run_search_thread() {
  for (;;) {
    Questions questions = take_questions();
    if (questions.empty()) return;
    answer(questions);
    if (ending_) return;  // Half a log may have been read: better no answer than a wrong one.
    asio::post(executor_, [questions = std::move(questions)] {
      for (const auto& question : questions) {
        question->answered = true;
        question->changed.notify_all();
      }
    });
  }
}

CreatorFinder::Questions CreatorFinder::take_questions() {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [this] { return !asked_.empty() || ending_; });
  return ending_ ? Questions() : std::exchange(asked_, {});
}

void CreatorFinder::answer(const Questions& questions) const {
  try {
    CreatorSearch search;
    for (const auto& question : questions)
      for (const std::string& id : question->ids) search.ask_for(id);
    read_log(search);
    for (const auto& question : questions)
      for (const std::string& id : question->ids)
        question->creators.push_back(search.creator_of(id));
  } catch (const std::exception& error) {
    for (const auto& question : questions) question->failure = error.what();
  }
}

void CreatorFinder::read_log(CreatorSearch& search) const {
  LineReader lines(outcomes_);
  while (!ending_) {
    const auto line = lines.next();
    if (!line) return;
    search.note(*line);
  }
}

}  // namespace payferry
