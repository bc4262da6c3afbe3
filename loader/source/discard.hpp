#pragma once

#include "loader/source/byte_source.hpp"

namespace payferry {

/// Reads and forgets `count` bytes; running out of them is a failure.
tl::expected<void, ReadFailure> discard(ByteSource& source, std::uint64_t count);

}  // namespace payferry
