#include "loader/source/discard.hpp"

#include <algorithm>
#include <vector>

namespace payferry {

tl::expected<void, ReadFailure> discard(ByteSource& source, std::uint64_t count) {
  constexpr std::uint64_t kBlockBytes = 128 * 1024;
  std::vector<char> block(std::min(count, kBlockBytes));
  while (count > 0) {
    const auto got = source.read(std::span(block).first(std::min(count, kBlockBytes)));
    if (!got) return tl::unexpected(got.error());
    if (*got == 0) return tl::unexpected(ReadFailure("it ends before the place to go on from"));
    count -= *got;
  }
  return {};
}

}  // namespace payferry
