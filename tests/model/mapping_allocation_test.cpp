#include <date/tz.h>
#include <gtest/gtest.h>

#include <vector>

#include "bench/allocations/allocation_count.hpp"
#include "model/mapping.hpp"
#include "model/outcome.hpp"

namespace payferry {
namespace {

PropertyRule rule_of(const char* property, const char* column, ValueType type = ValueType::string) {
  PropertyRule rule;
  rule.property = property;
  rule.from = column;
  rule.type = type;
  return rule;
}

MappingRules rules_of_every_type() {
  MappingRules rules;
  rules.id_property = "id";
  rules.properties = {rule_of("id", "id"),
                      rule_of("hs_initial_amount", "amount", ValueType::decimal),
                      rule_of("hs_currency_code", "currency"),
                      rule_of("fee", "fee", ValueType::minor_units),
                      rule_of("time", "time", ValueType::datetime),
                      rule_of("day", "day", ValueType::date),
                      rule_of("state", "state", ValueType::enumeration),
                      rule_of("test", "test", ValueType::boolean),
                      rule_of("email", "email", ValueType::email),
                      rule_of("comment", "comment")};
  rules.properties[4].format = "%d/%m/%Y %H:%M";
  rules.properties[4].time_zone.table = date::locate_zone("America/New_York");
  rules.properties[6].map = {{"a state with a long name", "succeeded"}, {"*", "failed"}};
  AssociationRule contact;
  contact.to = "contacts";
  contact.from = "contact";
  contact.type_id = 387;
  AssociationRule order = contact;
  order.from = "email";
  order.match = "email";
  rules.associations = {contact, order};
  return rules;
}

std::uint64_t allocations_of_mapping(const Mapping& mapping, const Record& record) {
  std::string input;
  MappedRecord mapped;
  mapping.map(record, input, mapped);
  EXPECT_FALSE(mapped.error) << mapped.error->message;
  const std::uint64_t before = bench::allocation_count();
  for (int round = 0; round < 100; ++round) {
    input.clear();
    mapping.map(record, input, mapped);
  }
  return bench::allocation_count() - before;
}

TEST(Mapping, AllocatesNothingInItsSteadyState) {
  if (!bench::kCountsAllocations) GTEST_SKIP() << "the sanitizer has its own allocations";
  const MappingRules rules = rules_of_every_type();
  const auto columns = Mapping::columns_read(rules);
  const std::vector<std::string_view> cells{"an id that is longer than a short string",
                                            "(1,234.50)",
                                            "KWD",
                                            "123450",
                                            "03/11/2024 01:30",
                                            "2024-11-03",
                                            "a state with a long name",
                                            "yes",
                                            "somebody.with.a.long.name@example.com",
                                            "a \"comment\"\nwith 4111 digits and – dashes",
                                            "70791348501"};
  Record record;
  record.number = RecordNumber(123'456'789);
  record.cells = cells;
  for (const WriteMode write : {WriteMode::create, WriteMode::upsert}) {
    MappingRules written = rules;
    written.write = write;
    const auto mapping = Mapping::compile(written, columns);
    EXPECT_EQ(allocations_of_mapping(*mapping, record), 0U);
  }
}

TEST(OutcomeLines, AllocateNothingInTheirSteadyState) {
  if (!bench::kCountsAllocations) GTEST_SKIP() << "the sanitizer has its own allocations";
  Outcome rejected;
  rejected.record = RecordNumber(1);
  rejected.status = OutcomeStatus::rejected;
  rejected.refusal->message = "a message that is longer than a short string, with \"quotes\"";
  Outcome created;
  created.status = OutcomeStatus::created;
  created.attempts = 1;
  std::string out;
  OutcomeLines lines(out, Instant());
  const auto write_both = [&] {
    out.clear();
    for (const Outcome* outcome : {&rejected, &created})
      lines.append(*outcome, {LineNumber(2), "a file's name", "a key"});
  };
  write_both();
  const std::uint64_t before = bench::allocation_count();
  for (int round = 0; round < 100; ++round) write_both();
  EXPECT_EQ(bench::allocation_count() - before, 0U);
}

}  // namespace
}  // namespace payferry
