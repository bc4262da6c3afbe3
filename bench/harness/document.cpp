#include "bench/harness/document.hpp"

#include <stdexcept>
#include <string_view>

#include "bench/harness/output_file.hpp"
#include "bench/harness/scratch_folder.hpp"

namespace payferry::bench {

std::string with_measured(const std::string& document, const MeasuredBlocks& blocks) {
  constexpr std::string_view kEnd = "<!-- end -->";
  std::string result = document;
  for (const auto& [name, content] : blocks) {
    const std::string mark = "<!-- measured: " + name + " -->\n";
    const std::size_t at = result.find(mark);
    if (at == result.npos) continue;
    const std::size_t begin = at + mark.size();
    const std::size_t end = result.find(kEnd, begin);
    if (end == result.npos)
      throw std::runtime_error("the block \"" + name + "\" has no " + std::string(kEnd));
    result.replace(begin, end - begin, "\n" + content + "\n");
  }
  return result;
}

void update_document(const std::filesystem::path& path, const MeasuredBlocks& blocks) {
  const std::string document = with_measured(read_file(path), blocks);
  OutputFile file(path.string());
  file.text() = document;
  file.write();
}

}  // namespace payferry::bench
