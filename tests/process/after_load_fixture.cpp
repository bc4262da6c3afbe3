#include "process/after_load_fixture.hpp"

#include "net/system_time.hpp"

namespace payferry::test {

ProcessResult AfterLoadFixture::load_payments(std::uint64_t records, double bad_share) {
  start_simulator();
  write_config(kPaymentProperties);
  write_payments(records, bad_share);
  return load();
}

ProcessResult AfterLoadFixture::verify(const std::vector<std::string>& more) {
  std::vector<std::string> arguments{"verify", file("run").string(), "--progress", "none"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return payferry(arguments);
}

ProcessResult AfterLoadFixture::undo(const std::vector<std::string>& more) {
  std::vector<std::string> arguments{"undo", file("run").string(), "--progress", "none"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return payferry(arguments);
}

void AfterLoadFixture::change_in_hubspot(const std::string& id, const std::string& property,
                                         const std::string& value) {
  call_hubspot("batch/update", R"({"inputs":[{"id":")" + id + R"(","properties":{")" + property +
                                   R"(":")" + value + R"("}}]})");
}

void AfterLoadFixture::archive_in_hubspot(const std::string& id) {
  call_hubspot("batch/archive", R"({"inputs":[{"id":")" + id + R"("}]})");
}

void AfterLoadFixture::call_hubspot(const std::string& target, const std::string& body) {
  const std::string path = "/crm/v3/objects/commerce_payments/" + target;
  with_hubspot([&](simulator::SimulatedHubSpot& hubspot) {
    simulator::SimulatedRequest request;
    request.method = "POST";
    request.target = path;
    request.authorization = "Bearer test-token";
    request.body = body;
    const auto reply = hubspot.handle(request, SystemTime().wall_now());
    EXPECT_LT(reply.status, 207) << reply.body;
  });
}

std::size_t AfterLoadFixture::made_payments() {
  std::size_t count = 0;
  with_hubspot(
      [&count](simulator::SimulatedHubSpot& hubspot) { count = hubspot.statistics().created; });
  return count;
}

}  // namespace payferry::test
