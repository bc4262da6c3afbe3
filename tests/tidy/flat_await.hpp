#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace payferry::test {

/// A place that breaks the flat-await rule.
struct AwaitBreach {
  std::size_t line = 0;
  std::string what;
};

/// g++ 12.2 destroys temporaries beside co_await twice, without a warning (GCC 107288, 100611,
/// 95599). So a statement that contains co_await contains no lambda that captures by value, no
/// braced list and no `?:`; each is to be named on the line above. Judges by the look of the code:
/// it cannot see an aggregate made with parentheses.
/// `code`: of read_source.
std::vector<AwaitBreach> flat_await_breaches(std::string_view code);

}  // namespace payferry::test
