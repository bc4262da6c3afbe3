#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "loader/check/problem.hpp"

namespace payferry {

/// What a file of problems begins with, and no other file does.
inline constexpr std::string_view kFirstProblem = R"({"problem":1,)";

/// Appends the `number`th problem as an object of JSON with its line end. What does not apply is
/// left out.
void append_problem_line(std::string& out, std::uint64_t number, const Problem& problem);

}  // namespace payferry
