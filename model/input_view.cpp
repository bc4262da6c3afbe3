#include "model/input_view.hpp"

#include <algorithm>

#include "model/json_reader.hpp"

namespace payferry {

namespace {

std::string read_value(JsonReader& reader) {
  std::string value;
  if (reader.kind() == JsonKind::boolean) {
    value = reader.skip();
  } else {
    reader.read_text(value);
  }
  return value;
}

PropertyList read_list(JsonReader& reader) {
  PropertyList list;
  reader.read_object([&](std::string_view key) {
    std::string name(key);
    list.emplace_back(std::move(name), read_value(reader));
  });
  std::sort(list.begin(), list.end());
  return list;
}

}  // namespace

PropertyList read_properties(std::string_view json) {
  JsonReader reader(json);
  return read_list(reader);
}

std::optional<std::string_view> find_property(const PropertyList& list, std::string_view name) {
  const auto at =
      std::lower_bound(list.begin(), list.end(), name,
                       [](const auto& entry, auto wanted) { return entry.first < wanted; });
  if (at == list.end() || at->first != name) return std::nullopt;
  return at->second;
}

InputView open_input(std::string_view input) {
  InputView view;
  JsonReader reader(input);
  reader.read_object([&](std::string_view key) {
    if (key == "properties") {
      view.properties = read_list(reader);
    } else {
      reader.skip();
    }
  });
  return view;
}

}  // namespace payferry
