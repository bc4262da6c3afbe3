#pragma once

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace payferry {

/// Reads JSON that payferry wrote into the run directory. Names of files stand there byte by byte,
/// and need not be UTF-8. Throws boost::system::system_error.
inline boost::json::value parse_stored_json(std::string_view text) {
  boost::json::parse_options options;
  options.allow_invalid_utf8 = true;
  return boost::json::parse(text, {}, options);
}

/// What stands in `object` under `key`. Throws where it is not there or of another type.
inline std::uint64_t number_at(const boost::json::object& object, std::string_view key) {
  return object.at(key).to_number<std::uint64_t>();
}

inline std::string text_at(const boost::json::object& object, std::string_view key) {
  return std::string(object.at(key).as_string());
}

/// Likewise, of what is left out where there is nothing to say.
inline std::uint64_t number_or_zero(const boost::json::object& object, std::string_view key) {
  return object.contains(key) ? number_at(object, key) : 0;
}

inline std::string text_or_empty(const boost::json::object& object, std::string_view key) {
  return object.contains(key) ? text_at(object, key) : std::string();
}

}  // namespace payferry
