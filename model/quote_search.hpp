#pragma once

#include <bit>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace payferry {

/// The first quote or backslash in [at, end), or end. Most of an answer is strings, so that this
/// takes sixteen bytes a step where the processor has them; x86-64 always has.
inline const char* find_quote_or_backslash(const char* at, const char* end) {
#ifdef __SSE2__
  const __m128i quotes = _mm_set1_epi8('"');
  const __m128i backslashes = _mm_set1_epi8('\\');
  for (; end - at >= 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i hits =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, quotes), _mm_cmpeq_epi8(bytes, backslashes));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hits));
    if (mask != 0) return at + std::countr_zero(mask);
  }
#endif
  while (at != end && *at != '"' && *at != '\\') ++at;
  return at;
}

}  // namespace payferry
