#include "config/input_section_text.hpp"

#include "config/toml_text.hpp"

namespace payferry {

std::string input_section(const Sample& sample) {
  std::string keys;
  if (!sample.delimiter) {
    keys += "format = \"ndjson\"\n";
  } else if (*sample.delimiter != ',') {
    keys += "delimiter = " + toml_string(std::string(1, *sample.delimiter)) + "\n";
  }
  if (sample.encoding == InputEncoding::latin1) keys += "encoding = \"latin1\"\n";
  if (sample.encoding == InputEncoding::windows1252) keys += "encoding = \"windows-1252\"\n";
  return keys.empty() ? keys : "[input]\n" + keys;
}

}  // namespace payferry
