#include <boost/json/parse.hpp>
#include <memory>
#include <string>

#include "fuzz/fuzz_target.hpp"
#include "loader/source/memory_byte_source.hpp"
#include "loader/source/ndjson_reader.hpp"
#include "loader/source/source_fuzz.hpp"

namespace payferry::fuzz {

namespace {

namespace json = boost::json;

json::value parse(std::string_view text, json::error_code& error) {
  json::parse_options options;
  options.max_depth = 2000;
  return json::parse(text, error, {}, options);
}

bool is_number(std::string_view text) {
  return text.find_first_not_of("0123456789+-.eE") == text.npos && !text.empty();
}

/// A cell says what another reader of JSON finds there.
void check_cell(std::string_view raw, std::string_view cell, const json::value* value) {
  if (value == nullptr || value->is_null()) return require(cell.empty(), "nothing is empty");
  if (value->is_string()) return require(cell == value->get_string(), "a string is its text");
  require(raw.find(cell) != raw.npos, "what is no string stands as it was written");
  if (value->is_bool()) return require(cell == (value->get_bool() ? "true" : "false"), "a boolean");
  if (value->is_number()) require(is_number(cell), "a number keeps its digits");
  json::error_code error;
  const json::value again = parse(cell, error);
  // As a binary float, zero with a large exponent is not even equal to itself.
  require(!error && (value->is_double() || again == *value), "a cell is the whole value");
}

void check_record(const Record& record) {
  json::error_code error;
  const json::value value = parse(record.raw, error);
  // Numbers are not computed, so that their size has no bound.
  if (error == json::error::exponent_overflow) return;
  // Escapes that stand for no character or for NUL are refused, and depth has a bound.
  const bool may_refuse =
      record.raw.find("\\u") != record.raw.npos || record.raw.find("[[[[[[[[") != record.raw.npos;
  if (record.error) return require(may_refuse || error || !value.is_object(), "JSON is taken");
  // Half of a surrogate pair is grammatical, and matters only in a value that is wanted.
  if (error && may_refuse) return;
  require(!error && value.is_object(), "only JSON objects are taken");
  check_cell(record.raw, record.cells[0], value.get_object().if_contains("a"));
}

std::unique_ptr<NdjsonReader> open(std::string_view bytes) {
  ReadWindow window(std::make_unique<MemoryByteSource>(std::string(bytes)));
  ReaderOptions options;
  options.name = "fuzz";
  auto reader = NdjsonReader::open(std::move(window), std::move(options), {"a"});
  return reader ? std::move(*reader) : nullptr;
}

void check_values(std::string_view bytes) {
  const auto reader = open(bytes);
  if (!reader) return;
  for (Record record; reader->next(record);) check_record(record);
}

}  // namespace

void try_ndjson(std::string_view bytes) {
  read_any_ndjson(bytes);
  check_values(bytes);
}

}  // namespace payferry::fuzz
