#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace payferry {

/// Sixteen tags of a table beside each other, looked at together where the processor can; x86-64
/// always can. Answers have a bit for each tag, the lowest for the first.
class TagGroup {
 public:
  static constexpr std::size_t kTags = 16;

#ifdef __SSE2__
  explicit TagGroup(const std::uint8_t* tags)
      : tags_(_mm_loadu_si128(reinterpret_cast<const __m128i*>(tags))) {}
#else
  explicit TagGroup(const std::uint8_t* tags) {
    std::copy_n(tags, kTags, tags_);
  }
#endif

  unsigned equal_to(std::uint8_t tag) const {
#ifdef __SSE2__
    const __m128i wanted = _mm_set1_epi8(static_cast<char>(tag));
    return static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(tags_, wanted)));
#else
    unsigned equal = 0;
    for (std::size_t at = 0; at < kTags; ++at) equal |= unsigned{tags_[at] == tag} << at;
    return equal;
#endif
  }

 private:
#ifdef __SSE2__
  __m128i tags_;
#else
  std::uint8_t tags_[kTags];
#endif
};

}  // namespace payferry
