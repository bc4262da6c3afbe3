#include "model/counted.hpp"

#include <cstddef>

namespace payferry {

std::string with_thousands(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (auto place = static_cast<std::ptrdiff_t>(text.size()) - 3; place > 0; place -= 3) {
    text.insert(static_cast<std::size_t>(place), 1, ',');
  }
  return text;
}

std::string word_for(std::uint64_t count, std::string_view one, std::string_view several) {
  if (count == 1) return std::string(one);
  return several.empty() ? std::string(one) + "s" : std::string(several);
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view several) {
  return with_thousands(count) + " " + word_for(count, one, several);
}

}  // namespace payferry
