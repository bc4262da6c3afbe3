#include "net/api_path.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

constexpr std::string_view kObject = "commerce_payments";

// Contract §1.1.
TEST(ApiPathTest, V3PathsAreThoseOfTheContract) {
  const auto path = [](Endpoint endpoint) { return api_path(endpoint, "v3", kObject, "contacts"); };
  EXPECT_EQ(path(Endpoint::batch_create), "/crm/v3/objects/commerce_payments/batch/create");
  EXPECT_EQ(path(Endpoint::batch_upsert), "/crm/v3/objects/commerce_payments/batch/upsert");
  EXPECT_EQ(path(Endpoint::batch_read), "/crm/v3/objects/commerce_payments/batch/read");
  EXPECT_EQ(path(Endpoint::batch_archive), "/crm/v3/objects/commerce_payments/batch/archive");
  EXPECT_EQ(path(Endpoint::properties), "/crm/v3/properties/commerce_payments");
  EXPECT_EQ(path(Endpoint::association_labels),
            "/crm/v4/associations/commerce_payments/contacts/labels");
  EXPECT_EQ(path(Endpoint::associate_batch),
            "/crm/v4/associations/commerce_payments/contacts/batch/create");
  EXPECT_EQ(path(Endpoint::account_details), "/account-info/v3/details");
  EXPECT_EQ(path(Endpoint::daily_usage), "/account-info/v3/api-usage/daily/private-apps");
}

// Contract §1.2.
TEST(ApiPathTest, DatedPathsPutTheVersionBehindTheFamily) {
  const auto path = [](Endpoint endpoint) {
    return api_path(endpoint, "2026-03", kObject, "contacts");
  };
  EXPECT_EQ(path(Endpoint::batch_create), "/crm/objects/2026-03/commerce_payments/batch/create");
  EXPECT_EQ(path(Endpoint::properties), "/crm/properties/2026-03/commerce_payments");
  EXPECT_EQ(path(Endpoint::association_labels),
            "/crm/associations/2026-03/commerce_payments/contacts/labels");
  EXPECT_EQ(path(Endpoint::associate_batch),
            "/crm/associations/2026-03/commerce_payments/contacts/batch/create");
  EXPECT_EQ(path(Endpoint::account_details), "/account-info/2026-03/details");
  EXPECT_EQ(path(Endpoint::daily_usage), "/account-info/2026-03/api-usage/daily/private-apps");
}

TEST(ApiPathTest, AnObjectMayBeItsNumber) {
  EXPECT_EQ(api_path(Endpoint::batch_create, "v3", "0-101"), "/crm/v3/objects/0-101/batch/create");
}

TEST(ApiPathTest, WritesAndBatchReadsArePosted) {
  EXPECT_EQ(api_method(Endpoint::batch_read), "POST");
  EXPECT_EQ(api_method(Endpoint::batch_archive), "POST");
  EXPECT_EQ(api_method(Endpoint::properties), "GET");
  EXPECT_EQ(api_method(Endpoint::account_details), "GET");
}

}  // namespace
}  // namespace payferry
