#include "net/resolver.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pthread.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <future>
#include <mutex>

#include "support/run_sync.hpp"

namespace payferry {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::UnorderedElementsAre;
using Clock = std::chrono::steady_clock;
using Found = tl::expected<Endpoints, std::string>;

/// A name server that says nothing until it is let go, and then how often it has been asked.
class SilentServer {
 public:
  SilentServer() { state_->let_go = open_.get_future().share(); }
  SystemResolver::Ask ask() const {
    return [state = state_](const std::string&, std::uint16_t port) -> Found {
      std::uint16_t number = 0;
      {
        const std::lock_guard lock(state->mutex);
        number = ++state->asked;
      }
      state->let_go.wait();
      return Endpoints(1, tcp::endpoint(asio::ip::address_v4(number), port));
    };
  }
  void let_go() { open_.set_value(); }
  int asked() const {
    const std::lock_guard lock(state_->mutex);
    return state_->asked;
  }

 private:
  struct State {
    std::mutex mutex;
    std::uint16_t asked = 0;
    std::shared_future<void> let_go;
  };

  std::promise<void> open_;
  std::shared_ptr<State> state_ = std::make_shared<State>();
};

class ResolverTest : public testing::Test {
 protected:
  Found resolve(Clock::time_point deadline, const std::string& host = "hubspot.test") {
    return test::run_sync(context_, resolver_.resolve(host, 443, deadline));
  }
  /// All are asked for before the server answers.
  std::vector<std::string> answers_for(const std::vector<std::string>& hosts) {
    std::vector<std::string> answers;
    const auto take = [&answers](const std::exception_ptr&, const Found& found) {
      answers.push_back(answer_of(found));
    };
    for (const std::string& host : hosts)
      asio::co_spawn(context_, resolver_.resolve(host, 443, Clock::now() + 1min), take);
    context_.restart();
    context_.poll();
    server_.let_go();
    context_.run();
    return answers;
  }
  static std::string answer_of(const Found& found) {
    return found ? found->front().address().to_string() : found.error();
  }

  SilentServer server_;
  SystemResolver resolver_{server_.ask()};
  asio::io_context context_{1};
};

TEST_F(ResolverTest, ALookUpThatIsUnderWayIsNotBegunAgain) {
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(answer_of(resolve(Clock::now())), "no answer from the name server in time");
  EXPECT_THAT(answers_for({"hubspot.test"}), ElementsAre("0.0.0.1"));
  EXPECT_EQ(server_.asked(), 1);
}

TEST_F(ResolverTest, AnAnswerEndsTheWaitOfAllAndIsNotKept) {
  EXPECT_THAT(answers_for({"hubspot.test", "hubspot.test"}), ElementsAre("0.0.0.1", "0.0.0.1"));
  EXPECT_EQ(answer_of(resolve(Clock::now() + 1min)), "0.0.0.2");
}

TEST_F(ResolverTest, AnotherHostIsAskedForOfItsOwn) {
  EXPECT_THAT(answers_for({"hubspot.test", "proxy.test"}),
              UnorderedElementsAre("0.0.0.1", "0.0.0.2"));
}

TEST_F(ResolverTest, AnAddressNeedsNoLookUp) {
  EXPECT_EQ(answer_of(resolve(Clock::now(), "192.0.2.7")), "192.0.2.7");
  EXPECT_EQ(server_.asked(), 0);
}

/// No thread can be started while it lives.
class NoThreads {
 public:
  NoThreads() {
    ::pthread_getattr_default_np(&before_);
    pthread_attr_t huge;
    ::pthread_attr_init(&huge);
    ::pthread_attr_setstacksize(&huge, std::size_t(1) << 50);
    EXPECT_EQ(::pthread_setattr_default_np(&huge), 0);
    ::pthread_attr_destroy(&huge);
  }
  ~NoThreads() {
    ::pthread_setattr_default_np(&before_);
    ::pthread_attr_destroy(&before_);
  }
  NoThreads(const NoThreads&) = delete;
  NoThreads& operator=(const NoThreads&) = delete;

 private:
  pthread_attr_t before_{};
};

TEST_F(ResolverTest, WithoutAThreadItSaysSo) {
  {
    const NoThreads none;
    EXPECT_EQ(answer_of(resolve(Clock::now() + 1min)), "no thread to look it up with");
  }
  server_.let_go();
  EXPECT_EQ(answer_of(resolve(Clock::now() + 1min)), "0.0.0.1");
}

}  // namespace
}  // namespace payferry
