#include "bench/simulator/core/route.hpp"

#include <gtest/gtest.h>

namespace payferry::simulator {
namespace {

struct Case {
  const char* method;
  const char* target;
  const char* operation;
  const char* object;
};

TEST(Route, KnowsEveryPathOfTheContract) {
  const Case cases[] = {
      {"POST", "/crm/v3/objects/commerce_payments/batch/create", "batch_create",
       "commerce_payments"},
      {"POST", "/crm/v3/objects/0-101/batch/upsert", "batch_upsert", "0-101"},
      {"POST", "/crm/v3/objects/contacts/batch/read?archived=false", "batch_read", "contacts"},
      {"POST", "/crm/v3/objects/commerce_payments/batch/update", "batch_update",
       "commerce_payments"},
      {"POST", "/crm/v3/objects/commerce_payments/batch/archive", "batch_archive",
       "commerce_payments"},
      {"POST", "/crm/objects/2025-09/commerce_payments/batch/create", "batch_create",
       "commerce_payments"},
      {"POST", "/crm/objects/2026-09/commerce_payments/search", "search", "commerce_payments"},
      {"POST", "/crm/v3/objects/commerce_payments", "create_one", "commerce_payments"},
      {"GET", "/crm/v3/objects/commerce_payments?limit=10", "list", "commerce_payments"},
      {"GET", "/crm/v3/objects/commerce_payments/17", "read_one", "commerce_payments"},
      {"PATCH", "/crm/v3/objects/commerce_payments/17", "update_one", "commerce_payments"},
      {"DELETE", "/crm/v3/objects/commerce_payments/17", "archive_one", "commerce_payments"},
      {"GET", "/crm/v3/properties/commerce_payments", "property_list", "commerce_payments"},
      {"GET", "/crm/properties/2026-03/commerce_payments", "property_list", "commerce_payments"},
      {"GET", "/crm/v3/properties/commerce_payments/groups", "property_groups",
       "commerce_payments"},
      {"GET", "/crm/v3/properties/commerce_payments/hs_net_amount", "property_read",
       "commerce_payments"},
      {"POST", "/crm/v3/properties/commerce_payments", "property_create", "commerce_payments"},
      {"POST", "/crm/v3/properties/commerce_payments/batch/create", "property_batch_create",
       "commerce_payments"},
      {"POST", "/crm/v3/properties/commerce_payments/batch/read", "property_batch_read",
       "commerce_payments"},
      {"GET", "/crm/v4/associations/commerce_payments/contacts/labels", "association_labels",
       "commerce_payments"},
      {"POST", "/crm/v4/associations/0-101/0-1/batch/create", "associate_batch", "0-101"},
      {"POST", "/crm/associations/2026-03/0-101/0-1/batch/create", "associate_batch", "0-101"},
      {"POST", "/crm/v4/associations/0-101/0-1/batch/associate/default", "associate_batch_default",
       "0-101"},
      {"PUT", "/crm/v4/objects/0-101/1/associations/0-1/2", "associate_one", "0-101"},
      {"PUT", "/crm/v4/objects/0-101/1/associations/default/0-1/2", "associate_one_default",
       "0-101"},
      {"GET", "/account-info/v3/details", "account_details", ""},
      {"GET", "/account-info/2026-03/details", "account_details", ""},
      {"GET", "/account-info/v3/api-usage/daily/private-apps", "daily_usage", ""},
      {"GET", "/settings/v3/currencies/codes", "currency_codes", ""},
      {"GET", "/settings/v3/currencies/company-currency", "company_currency", ""},
      {"GET", "/settings/v3/currencies/exchange-rates", "exchange_rates", ""},
      {"POST", "/oauth/v1/token", "oauth_token", ""},
      {"POST", "/oauth/2026-03/token", "oauth_token", ""}};
  for (const Case& one : cases) {
    const Route route = find_route(one.method, one.target);
    EXPECT_EQ(name_of(route.operation), one.operation) << one.target;
    EXPECT_EQ(route.object, one.object) << one.target;
  }
}

TEST(Route, OtherPathsAndMethodsAreUnknown) {
  for (const char* target :
       {"/", "", "crm", "/crm", "/crm/v3", "/crm/v3/objects", "/crm/v7/objects/contacts",
        "/crm/v3/objects/contacts/batch/fly", "/crm/v3/objects/contacts/1/2/3/4/5/6",
        "/oauth/v1/tokens", "/account-info/v3"}) {
    EXPECT_EQ(find_route("POST", target).operation, Operation::unknown) << target;
  }
  EXPECT_EQ(find_route("GET", "/crm/v3/objects/contacts/batch/create").operation,
            Operation::unknown);
}

TEST(Route, TellsTheVersion) {
  EXPECT_EQ(find_route("POST", "/crm/v3/objects/contacts/batch/create").version, ApiVersion::v3);
  EXPECT_EQ(find_route("POST", "/crm/objects/2025-09/contacts/batch/create").version,
            ApiVersion::v2025_09);
  EXPECT_EQ(find_route("POST", "/crm/objects/2026-03/contacts/batch/create").version,
            ApiVersion::v2026_03);
  EXPECT_EQ(find_route("POST", "/crm/objects/2026-09/contacts/batch/create").version,
            ApiVersion::v2026_09);
}

TEST(Route, ParametersAreDecoded) {
  const Route route =
      find_route("GET", "/crm/v3/objects/contacts/a%40b.com?idProperty=email&properties=a%2Cb+c&x");
  EXPECT_EQ(percent_decoded(route.id), "a@b.com");
  EXPECT_EQ(route.parameter("idProperty"), "email");
  EXPECT_EQ(route.parameter("properties"), "a,b c");
  EXPECT_EQ(route.parameter("x"), "");
  EXPECT_EQ(route.parameter("limit"), std::nullopt);
  EXPECT_EQ(percent_decoded("100%"), "100%");
  EXPECT_EQ(percent_decoded("%4"), "%4");
  EXPECT_EQ(percent_decoded("%41"), "A");
}

}  // namespace
}  // namespace payferry::simulator
