#include "loader/delivery/delivery_fixture.hpp"

#include <boost/asio/co_spawn.hpp>

namespace payferry::test {

namespace asio = boost::asio;

Settings DeliveryFixture::one_key_settings() {
  Settings settings;
  settings.mapping.id_property = kKeyProperty;
  return settings;
}

ResumeState DeliveryFixture::fresh() {
  ResumeState state;
  state.start.next = RecordNumber(1);
  return state;
}

DeliveryContext& DeliveryFixture::open() {
  const auto executor = context_.get_executor();
  admission_.emplace(settings_.limits, time_, executor);
  const MappingRules& mapping = settings_.mapping;
  delivery_.reset(new DeliveryContext{.executor = executor,
                                      .settings = settings_,
                                      .run = facts_of_run(mapping, mapping.run_id, Instant()),
                                      .api = api_,
                                      .admission = *admission_,
                                      .log = log_,
                                      .time = time_,
                                      .clock = clock_,
                                      .stop = stop_,
                                      .random = random_,
                                      .earlier_cut_send = earlier_cut_send_});
  return *delivery_;
}

void DeliveryFixture::add_batches(std::size_t count, std::size_t size) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::string prefix = "b" + std::to_string(++last_batch_) + "-";
    source_.batches.push_back(batch_of(last_batch_, next_record_, keys_of(prefix, size)));
    next_record_ += size;
  }
}

void DeliveryFixture::start() {
  auto on_end = [this](std::exception_ptr error) {
    failure_ = std::move(error);
    has_ended_ = true;
  };
  asio::co_spawn(context_, run_pipeline(source_, open(), limits_), std::move(on_end));
}

}  // namespace payferry::test
