#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
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

/// What stands in `object` under `key`. Throws where it is not there or of another type.
inline std::uint64_t number_at(const boost::json::object& object, std::string_view key) {
  return object.at(key).to_number<std::uint64_t>();
}

inline std::string text_at(const boost::json::object& object, std::string_view key) {
  return text_of(object.at(key));
}

/// Likewise, of what is left out where there is nothing to say.
inline std::uint64_t number_or_zero(const boost::json::object& object, std::string_view key) {
  return object.contains(key) ? number_at(object, key) : 0;
}

inline std::string text_or_empty(const boost::json::object& object, std::string_view key) {
  return object.contains(key) ? text_at(object, key) : std::string();
}

}  // namespace payferry
