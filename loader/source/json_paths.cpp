#include "loader/source/json_paths.hpp"

#include <algorithm>

#include "model/json_reader.hpp"

namespace payferry {

namespace {

constexpr unsigned kMostDepth = 8;

/// Calls `take` with the path of each value of the object that comes next.
template <class Take>
void walk(JsonReader& reader, const std::string& prefix, unsigned depth, const Take& take) {
  reader.read_object([&](std::string_view key) {
    const bool can_be_named = !key.empty() && key.find('.') == key.npos;
    const std::string path = prefix + std::string(key);
    const JsonKind kind = reader.kind();
    if (can_be_named && kind == JsonKind::object && depth < kMostDepth) {
      walk(reader, path + ".", depth + 1, take);
      return;
    }
    if (can_be_named && kind != JsonKind::object && kind != JsonKind::array) take(path);
    reader.skip();
  });
}

}  // namespace

void JsonPaths::add(std::string_view object) {
  JsonReader reader(object);
  walk(reader, {}, 1, [this](const std::string& path) { add_path(path); });
}

void JsonPaths::add_path(const std::string& path) {
  if (paths_.size() == kMost) return;
  if (std::find(paths_.begin(), paths_.end(), path) == paths_.end()) paths_.push_back(path);
}

}  // namespace payferry
