#pragma once

#include <boost/json/parse.hpp>
#include <string_view>

namespace payferry {

/// Reads JSON that payferry wrote into the run directory. Names of files stand there byte by byte,
/// and need not be UTF-8. Throws boost::system::system_error.
inline boost::json::value parse_stored_json(std::string_view text) {
  boost::json::parse_options options;
  options.allow_invalid_utf8 = true;
  return boost::json::parse(text, {}, options);
}

}  // namespace payferry
