#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace payferry::test {

/// One small defect: a part of a source, and what is to stand there instead.
struct Mutation {
  std::size_t begin = 0;
  std::size_t length = 0;
  std::string replacement;
  std::string_view rule;  ///< what is done, for people

  std::string applied_to(std::string_view source) const;

  /// From 1; that of the part's beginning.
  std::size_t line_in(std::string_view source) const;

  /// The lines that it changes, before and after it, without their indents.
  std::string shown_in(std::string_view source) const;
};

}  // namespace payferry::test
