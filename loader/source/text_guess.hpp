#pragma once

#include <string_view>

#include "config/settings.hpp"
#include "loader/source/content_head.hpp"

namespace payferry {

/// UTF-8 where the text is valid, else Windows-1252, else Latin-1, in which every byte is a
/// character. `is_cut`: the last character may be only a part of one.
InputEncoding guess_encoding(std::string_view text, bool is_cut);

/// Which of "," ";" tab "|" parts the head into the most columns that its rows agree in.
char guess_delimiter(const ContentHead& head, InputEncoding encoding);

}  // namespace payferry
