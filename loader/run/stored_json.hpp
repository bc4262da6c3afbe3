#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

namespace payferry {

/// Reads JSON that payferry wrote into the run directory. Throws boost::system::system_error.
boost::json::value parse_stored_json(std::string_view text);

/// A text that is to be read back byte by byte, such as a path: a string where it is UTF-8, which
/// JSON must be, else {"latin1": "…"}, where each character stands for one byte.
boost::json::value stored_text(std::string_view text);

/// Of what stored_text gave. Throws std::exception where it gave none such.
std::string text_of(const boost::json::value& stored);

}  // namespace payferry
