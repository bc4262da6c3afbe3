#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace payferry {

/// JSON text with fractions as plain decimals, 4706.547 and not 4.706547E3: for whoever reads it by
/// eye, or with a tool that knows no exponents.
std::string plain_json(const boost::json::value& value);

}  // namespace payferry
