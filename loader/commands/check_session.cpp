#include "loader/commands/check_session.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <random>
#include <utility>

#include "loader/commands/hubspot_link.hpp"
#include "net/hubspot_clock.hpp"
#include "net/system_time.hpp"

namespace payferry {

namespace asio = boost::asio;

namespace {

/// All that the questions need; made in the order in which it must go.
class CheckSession {
 public:
  explicit CheckSession(const Settings& settings)
      : settings_(settings),
        link_(settings, time_, context_.get_executor()),
        stop_(context_.get_executor()) {}

  SurveyResult run() {
    std::exception_ptr failure;
    asio::co_spawn(context_, ask(),
                   [&failure](std::exception_ptr error) { failure = std::move(error); });
    context_.run();
    if (failure) std::rethrow_exception(failure);
    result_.failed = stop_.reason();
    result_.failure = stop_.text();
    return std::move(result_);
  }

 private:
  asio::awaitable<void> ask() {
    Asker asker(settings_, link_.client, link_.admission, time_, clock_, stop_, random_);
    std::exception_ptr failure;
    try {
      result_.survey = co_await survey_account(settings_, asker);
    } catch (...) {
      failure = std::current_exception();
    }
    link_.pool.close_all();
    if (failure) std::rethrow_exception(failure);
  }

  const Settings& settings_;
  SystemTime time_;
  asio::io_context context_{1};
  HubSpotLink link_;
  HubSpotClock clock_;
  StopSignal stop_;
  std::mt19937_64 random_{std::random_device{}()};
  SurveyResult result_;
};

}  // namespace

SurveyResult survey_online(const Settings& settings) {
  return CheckSession(settings).run();
}

}  // namespace payferry
