#include "bench/limits/limits.hpp"

namespace payferry::bench {

Section measure_limits(unsigned runs) {
  struct Limit {
    const char* name;
    double (*measure)();
  };
  constexpr Limit kLimits[] = {{"AES-128-GCM", measure_encryption},
                               {"loopback copy", measure_loopback},
                               {"line scan", measure_line_scan}};
  Section section("limits of this machine");
  for (const Limit& limit : kLimits) {
    Subject& subject = section.subjects.emplace_back(limit.name);
    for (unsigned run = 0; run < runs; ++run) subject.add("speed", "MB/s", limit.measure());
  }
  return section;
}

}  // namespace payferry::bench
