#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace payferry {

/// How many letters must be put in, taken out, replaced or swapped with their neighbour to make one
/// name of the other; upper and lower case count as the same letter.
std::size_t edit_distance(std::string_view left, std::string_view right);

/// The candidate that `name` most likely was meant to be: nothing where none is near enough for
/// "did you mean". The result is a view into the candidates.
std::optional<std::string_view> nearest_name(std::string_view name,
                                             std::span<const std::string_view> candidates);
std::optional<std::string_view> nearest_name(std::string_view name,
                                             std::span<const std::string> candidates);

}  // namespace payferry
