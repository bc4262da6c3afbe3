#include "bench/summary/goal.hpp"

#include "bench/harness/result_table.hpp"

namespace payferry::bench {

namespace {

std::string with_unit(double value, const std::string& unit) {
  return short_number(value) + (unit.empty() ? "" : " " + unit);
}

}  // namespace

std::string Goal::limit_text() const {
  return (bound == Bound::at_most ? "at most " : "at least ") + with_unit(limit, unit);
}

std::string Goal::measured_text() const {
  return with_unit(measured, unit);
}

}  // namespace payferry::bench
