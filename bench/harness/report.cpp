#include "bench/harness/report.hpp"

#include <sys/sysinfo.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <fstream>
#include <string_view>
#include <thread>

#include "model/instant.hpp"

namespace payferry::bench {

namespace json = boost::json;

namespace {

std::string processor_name() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != line.npos) return line.substr(colon + 2);
  }
  return "unknown processor";
}

/// Without the release's nickname.
std::string system_name() {
  std::ifstream file("/etc/os-release");
  constexpr std::string_view kName = "PRETTY_NAME=\"";
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(kName)) continue;
    const std::string name = line.substr(kName.size());
    return name.substr(0, std::min(name.find(" ("), name.find('"')));
  }
  return "unknown system";
}

json::object to_json(const Figure& figure) {
  json::object object;
  object["name"] = figure.name;
  object["unit"] = figure.unit;
  object["median"] = figure.median();
  object["least"] = figure.least();
  object["most"] = figure.most();
  object["runs"] = json::array(figure.runs.begin(), figure.runs.end());
  return object;
}

json::object to_json(const Subject& subject) {
  json::array figures;
  for (const Figure& figure : subject.figures) figures.push_back(to_json(figure));
  json::object object;
  object["name"] = subject.name;
  object["figures"] = std::move(figures);
  return object;
}

json::object to_json(const Section& section) {
  json::array subjects;
  for (const Subject& subject : section.subjects) subjects.push_back(to_json(subject));
  json::object object;
  object["name"] = section.name;
  object["subjects"] = std::move(subjects);
  object["notes"] = json::array(section.notes.begin(), section.notes.end());
  return object;
}

json::object to_json(const Machine& machine) {
  json::object object;
  object["processor"] = machine.processor;
  object["cores"] = machine.cores;
  object["memory_mib"] = machine.memory_mib;
  object["system"] = machine.system;
  return object;
}

}  // namespace

Machine Machine::here() {
  Machine machine;
  machine.processor = processor_name();
  machine.cores = std::thread::hardware_concurrency();
  struct sysinfo memory {};
  ::sysinfo(&memory);
  machine.memory_mib = memory.totalram * memory.mem_unit >> 20U;
  machine.system = system_name();
  return machine;
}

std::string Machine::to_string() const {
  return std::to_string(cores) + " cores of " + processor + ", " +
         std::to_string((memory_mib + 512) / 1024) + " GiB, " + system;
}

std::string today() {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  return to_iso8601(now).substr(0, std::string_view("2026-01-31").size());
}

std::string to_json(const Machine& machine, const std::vector<Section>& sections) {
  json::array list;
  for (const Section& section : sections) list.push_back(to_json(section));
  json::object object;
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  object["at"] = to_iso8601(now);
  object["machine"] = to_json(machine);
  object["sections"] = std::move(list);
  return json::serialize(object) + "\n";
}

}  // namespace payferry::bench
