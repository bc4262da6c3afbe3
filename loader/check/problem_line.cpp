#include "loader/check/problem_line.hpp"

#include "model/clean_text.hpp"
#include "model/json_text.hpp"

namespace payferry {

namespace {

void append_text(std::string& out, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  out.append(",\"").append(name).append("\":");
  append_json_string(out, clean_text(text));
}

void append_number(std::string& out, std::string_view name, std::uint64_t number) {
  if (number == 0) return;
  out.append(",\"").append(name).append("\":").append(std::to_string(number));
}

}  // namespace

void append_problem_line(std::string& out, std::uint64_t number, const Problem& problem) {
  out += R"({"problem":)" + std::to_string(number);
  append_text(out, "file", problem.file);
  append_number(out, "line", problem.line.value());
  append_number(out, "record", problem.record.value());
  append_text(out, "column", problem.column);
  append_text(out, "property", problem.property);
  append_text(out, "code", problem.code);
  append_text(out, "value", problem.value);
  append_text(out, "message", problem.message);
  out += "}\n";
}

}  // namespace payferry
