#pragma once

#include <string>

#include "config/sample.hpp"

namespace payferry {

/// The [input] table that reading the sample's file needs; empty where the defaults do.
std::string input_section(const Sample& sample);

}  // namespace payferry
