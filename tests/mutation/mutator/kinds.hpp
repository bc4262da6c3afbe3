#pragma once

#include <string_view>
#include <vector>

#include "mutation/mutator/mutation.hpp"

namespace payferry::test {

// `code` is the source with blanks for what is not code.

/// Another operator: the neighbouring comparison, `||` for `&&`, `-` for `+`, min for max.
void add_operator_mutations(std::string_view code, std::vector<Mutation>& found);

/// false for true; a number below ten one more or less, another one doubled or halved.
void add_literal_mutations(std::string_view code, std::vector<Mutation>& found);

/// Conditions negated, statements dropped, empty or negated results.
void add_statement_mutations(std::string_view source, std::string_view code,
                             std::vector<Mutation>& found);

}  // namespace payferry::test
