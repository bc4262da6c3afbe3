#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace payferry {

/// Collects the dotted paths of the values in JSON objects, in the order in which they are met:
/// what can be named as `from`. What stands in arrays, and keys that hold a dot, are left out.
class JsonPaths {
 public:
  static constexpr std::size_t kMost = 2000;

  /// Takes up one object's text; another kind of text adds nothing that makes sense, and no harm.
  void add(std::string_view object);
  const std::vector<std::string>& paths() const { return paths_; }

 private:
  void add_path(const std::string& path);

  std::vector<std::string> paths_;
};

}  // namespace payferry
