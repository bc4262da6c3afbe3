#include "bench/scaling/scaling.hpp"

#include <algorithm>
#include <iostream>

#include "bench/harness/result_table.hpp"
#include "bench/load/load_run.hpp"

namespace payferry::bench {

namespace {

constexpr std::uint64_t kFew = 50'000;

/// One point's work.
struct Work {
  std::uint64_t records = 100'000;
  ExtraColumns extra;
  unsigned connections = 16;
};

LoadPlan plan_of(const Work& work, const ScratchFolder& folder) {
  LoadPlan plan;
  plan.input = folder.file("payments.csv");
  plan.records = work.records;
  plan.simulator = unthrottled_simulator();
  for (std::size_t column = 1; column <= work.extra.count; ++column) {
    plan.simulator.emplace_back("--property");
    plan.simulator.push_back(ExtraColumns::name(column));
  }
  plan.sections = fixed_connections(work.connections);
  plan.properties = payment_properties(GeneratedFormat::csv) + extra_properties(work.extra);
  write_wide_payments(plan.input, {.records = work.records}, work.extra);
  return plan;
}

double cpu_microseconds(const Work& work, unsigned runs) {
  const ScratchFolder folder;
  const LoadPlan plan = plan_of(work, folder);
  std::vector<double> costs;
  for (unsigned run = 0; run < runs; ++run) {
    const LoadResult result = run_load(plan, folder);
    costs.push_back(result.usage.cpu.count() * 1e6 / static_cast<double>(result.records));
  }
  return Figure("", "", costs).median();
}

template <class Values, class MakeWork>
Curve measure(const std::string& title, const std::string& unit, const Values& values,
              MakeWork make_work, unsigned runs) {
  Curve curve{title, unit, {}};
  for (const auto value : values) {
    std::cerr << "scaling: " << value << ' ' << title << '\n';
    curve.points.push_back({static_cast<double>(value), cpu_microseconds(make_work(value), runs)});
  }
  return curve;
}

}  // namespace

std::vector<Curve> measure_scaling(unsigned runs) {
  constexpr std::uint64_t kRecords[] = {50'000, 100'000, 200'000, 400'000, 800'000};
  constexpr std::size_t kColumns[] = {0, 10, 20, 40, 80};
  constexpr unsigned kConnections[] = {1, 2, 4, 8, 16, 32};
  constexpr std::size_t kBytes[] = {0, 500, 1000, 2000, 4000};
  return {
      measure(
          "records", "", kRecords,
          [](auto value) {
            return Work{value, {}, 16};
          },
          runs),
      measure(
          "more columns", "", kColumns,
          [](auto value) {
            return Work{kFew, {value, 12}, 16};
          },
          runs),
      measure(
          "connections", "", kConnections,
          [](auto value) {
            return Work{100'000, {}, value};
          },
          runs),
      measure(
          "more bytes in a record", "bytes", kBytes,
          [](auto value) {
            return Work{kFew, {1, value}, 16};
          },
          runs),
  };
}

Section to_section(const std::vector<Curve>& curves) {
  Section section("cost of a record as the work grows");
  for (const Curve& curve : curves) {
    for (const Curve::Point& point : curve.points) {
      Subject& subject = section.subjects.emplace_back(short_number(point.at) + " " + curve.title);
      subject.add("CPU a record", "µs", point.cpu_microseconds);
    }
  }
  return section;
}

}  // namespace payferry::bench
