#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.hpp"

namespace payferry {

/// The head of an input: what `payferry init` guesses from.
struct Sample {
  std::vector<std::string> header;  ///< columns, or dotted paths of NDJSON
  std::vector<std::vector<std::string>>
      rows;                       ///< cells in the header's order; short rows are taken as empty
  std::optional<char> delimiter;  ///< of CSV; nothing for NDJSON
  InputEncoding encoding = InputEncoding::utf8;  ///< of the input; all texts here are UTF-8

  /// The cells of a column that are not empty, without blanks around them.
  std::vector<std::string> values(std::size_t column) const;
};

/// Lower case, without accents, words parted by one blank: "Währung (ISO)" → "wahrung iso". For
/// comparing names.
std::string fold_name(std::string_view name);

}  // namespace payferry
