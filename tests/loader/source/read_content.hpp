#pragma once

#include <string>

#include "loader/source/byte_source.hpp"

namespace payferry {

/// All that a source gives, and how it ended.
struct ReadContent {
  std::string text;
  std::string failure;  ///< empty: a proper end
};

inline ReadContent read_content(ByteSource& source, std::size_t step = 1 << 16) {
  ReadContent content;
  std::string buffer(step, '\0');
  for (;;) {
    const auto got = source.read(buffer);
    if (!got) content.failure = got.error().message;
    if (!got || *got == 0) return content;
    content.text.append(buffer, 0, *got);
  }
}

}  // namespace payferry
