#include "config/version.hpp"

namespace payferry {

std::string_view version() {
  return PAYFERRY_VERSION;
}

}  // namespace payferry
