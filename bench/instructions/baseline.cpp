#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>

#include "bench/harness/scratch_folder.hpp"
#include "bench/instructions/instructions.hpp"

namespace payferry::bench {

InstructionBaseline InstructionBaseline::read(const std::filesystem::path& path) {
  const boost::json::value value = boost::json::parse(read_file(path));
  InstructionBaseline baseline;
  baseline.a_record = value.at("instructions_a_record").to_number<double>();
  baseline.compiler = value.at("compiler").as_string();
  return baseline;
}

std::string InstructionBaseline::to_json() const {
  boost::json::object object;
  object["instructions_a_record"] = std::lround(a_record);
  object["compiler"] = compiler;
  return boost::json::serialize(object) + "\n";
}

std::string InstructionBaseline::this_compiler() {
#ifdef __clang__
  const std::string name = "clang++ ";
#else
  const std::string name = "g++ ";
#endif
  return name + __VERSION__;
}

}  // namespace payferry::bench
