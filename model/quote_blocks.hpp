#pragma once

#include <cstddef>
#include <cstdint>

namespace payferry {

inline constexpr std::size_t kQuoteBlock = 64;
/// What is written behind the last place, and means nothing.
inline constexpr std::size_t kSpareQuotePlaces = 8;

/// Notes where the quotes and backslashes of a text stand whose size is a multiple of kQuoteBlock,
/// and whose first byte's place is `begin`; in the way that is the fastest on this processor.
/// Returns the end of the places, behind which there must be room for kSpareQuotePlaces.
std::uint32_t* note_quotes(const char* text, std::size_t size, std::size_t begin,
                           std::uint32_t* places);
/// The same in the way that every processor has.
std::uint32_t* note_quotes_anywhere(const char* text, std::size_t size, std::size_t begin,
                                    std::uint32_t* places);

}  // namespace payferry
