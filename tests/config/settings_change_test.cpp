#include "config/settings_change.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace payferry {
namespace {

Settings base() {
  Settings settings;
  PropertyRule amount;
  amount.property = "hs_initial_amount";
  amount.from = "Amount";
  settings.mapping.properties.push_back(amount);
  AssociationRule association;
  association.to = "contacts";
  association.from = "Contact";
  settings.mapping.associations.push_back(association);
  settings.mapping.id_property = "ref";
  return settings;
}

std::optional<std::string> change(const std::function<void(Settings&)>& edit) {
  Settings edited = base();
  edit(edited);
  return forbidden_change(base(), edited);
}

std::string sentence(const std::string& difference) {
  return "this run cannot go on with another config (" + difference +
         "): go on with the one that it was begun with, or begin a new run in another --run-dir";
}

TEST(ForbiddenChange, AllowsTheSameAgain) {
  EXPECT_EQ(forbidden_change(base(), base()), std::nullopt);
}

TEST(ForbiddenChange, AllowsWhatDoesNotTouchTheRecords) {
  EXPECT_EQ(change([](Settings& s) {
              s.limits.requests = 5;
              s.limits.batch_records = 10;
              s.retry.attempts = 2;
              s.results.durability = Durability::relaxed;
              s.hubspot.proxy = "http://proxy:3128";
              s.hubspot.ca_file = "ca.pem";
              s.hubspot.token_file = "token";
              s.hubspot.on_existing = OnExisting::reject;
              s.mapping.run_id = "r2";
            }),
            std::nullopt);
}

TEST(ForbiddenChange, NamesWhatWouldMakeOtherRecords) {
  EXPECT_EQ(change([](Settings& s) { s.hubspot.object = "deals"; }),
            sentence("hubspot.object was \"commerce_payments\" and is \"deals\""));
  EXPECT_EQ(change([](Settings& s) { s.mapping.write = WriteMode::upsert; }),
            sentence("hubspot.write was \"create\" and is \"upsert\""));
  EXPECT_EQ(change([](Settings& s) { s.mapping.id_property.clear(); }),
            sentence("hubspot.id_property was \"ref\" and is not set"));
  EXPECT_EQ(change([](Settings& s) { s.mapping.run_property = "run"; }),
            sentence("hubspot.run_property was not set and is \"run\""));
  EXPECT_EQ(change([](Settings& s) { s.input.delimiter = ';'; }),
            sentence("[input] reads the file in another way"));
  EXPECT_EQ(change([](Settings& s) { s.mapping.properties[0].decimal_mark = ','; }),
            sentence("properties.hs_initial_amount is another"));
  EXPECT_EQ(change([](Settings& s) { s.mapping.properties[0].property = "x"; }),
            sentence("properties.hs_initial_amount is gone, properties.x is new"));
  EXPECT_EQ(change([](Settings& s) { s.mapping.associations[0].type_id = 387; }),
            sentence("[[associations]] are others"));
}

TEST(ForbiddenChange, DoesNotMindTheOrderOfProperties) {
  Settings before = base();
  before.mapping.properties.push_back({});
  before.mapping.properties.back().property = "x";
  Settings now = before;
  std::swap(now.mapping.properties[0], now.mapping.properties[1]);
  EXPECT_EQ(forbidden_change(before, now), std::nullopt);
}

TEST(ForbiddenChange, TakesBothNamesOfPaymentsForOneObject) {
  EXPECT_EQ(change([](Settings& s) { s.hubspot.object = "0-101"; }), std::nullopt);
}

TEST(ForbiddenChange, RefusesAnotherHubSpotButNotASimulatorsOtherPort) {
  Settings before = base();
  Settings now = base();
  before.hubspot.base_url = "https://127.0.0.1:8443";
  now.hubspot.base_url = "https://localhost:9443";
  EXPECT_EQ(forbidden_change(before, now), std::nullopt);
  now.hubspot.base_url = "https://api.hubapi.com";
  EXPECT_EQ(
      forbidden_change(before, now),
      sentence(
          "hubspot.base_url was \"https://127.0.0.1:8443\" and is \"https://api.hubapi.com\""));
}

}  // namespace
}  // namespace payferry
