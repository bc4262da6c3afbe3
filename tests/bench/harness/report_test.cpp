#include "bench/harness/report.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace payferry::bench {
namespace {

TEST(Report, TellsProgramsEveryRun) {
  Section section("load");
  Subject& subject = section.subjects.emplace_back("unthrottled");
  for (const double value : {2.0, 3.0, 1.0}) subject.add("CPU a record", "µs", value);
  section.notes.emplace_back("a \"note\"");
  const auto json = boost::json::parse(to_json({"a processor", 2, 4096, "a system"}, {section}));
  EXPECT_EQ(json.at("machine").at("processor").as_string(), "a processor");
  const auto& read = json.at("sections").at(0);
  EXPECT_EQ(read.at("name").as_string(), "load");
  EXPECT_EQ(read.at("notes").at(0).as_string(), "a \"note\"");
  const auto& figure = read.at("subjects").at(0).at("figures").at(0);
  EXPECT_EQ(figure.at("unit").as_string(), "µs");
  EXPECT_EQ(figure.at("median").as_double(), 2);
  EXPECT_EQ(figure.at("least").as_double(), 1);
  EXPECT_EQ(figure.at("most").as_double(), 3);
  EXPECT_EQ(figure.at("runs").as_array().size(), 3U);
}

TEST(Machine, IsToldByItsClass) {
  EXPECT_EQ((Machine{"a processor", 2, 24'105, "a system"}.to_string()),
            "2 cores of a processor, 24 GiB, a system");
  const Machine here = Machine::here();
  EXPECT_GT(here.cores, 0U);
  EXPECT_GT(here.memory_mib, 0U);
  EXPECT_NE(here.system, "");
  EXPECT_EQ(here.system.find('"'), here.system.npos);
  EXPECT_EQ(here.system.find('('), here.system.npos);
}

}  // namespace
}  // namespace payferry::bench
