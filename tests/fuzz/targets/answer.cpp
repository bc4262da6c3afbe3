#include <boost/json/parse.hpp>
#include <string>

#include "fuzz/fuzz_target.hpp"
#include "model/batch_answer.hpp"
#include "model/clean_text.hpp"

namespace payferry::fuzz {

namespace json = boost::json;

namespace {

constexpr AnswerInterest kInterest{"hs_external_reference_id", "payferry_run", true};

bool is_empty(const BatchAnswer& answer) {
  return !answer.has_results && answer.results.empty() && answer.errors.empty() && !answer.whole &&
         !answer.started_at && !answer.completed_at;
}

/// For people: what cleaning would change was not clean.
void check_text(std::string_view text) {
  require(clean_text(text, text.size()) == text, "a text for people is clean");
  // The mark of a text that was cut stands behind it.
  require(text.size() <= kMaxErrorTextBytes + 3, "a text for people is bounded");
}

void check_error(const AnsweredError& error) {
  check_text(error.message);
  check_text(error.code);
  check_text(error.category);
  for (const AnsweredProblem& problem : error.problems) {
    check_text(problem.message);
    check_text(problem.code);
  }
}

/// How often `word` stands in `text`.
std::size_t count(std::string_view text, std::string_view word) {
  std::size_t found = 0;
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++found;
  return found;
}

json::value parse(std::string_view text) {
  json::parse_options options;
  options.allow_invalid_utf8 = true;
  json::error_code error;
  return json::parse(text, error, {}, options);
}

void check_results(const json::array& expected, const std::vector<AnsweredRecord>& results) {
  std::size_t next = 0;
  for (const json::value& entry : expected) {
    if (!entry.is_object()) continue;
    require(next < results.size(), "no result is left out");
    const AnsweredRecord& record = results[next++];
    const json::value* const id = entry.get_object().if_contains("id");
    if (id != nullptr && id->is_string()) require(record.id == id->get_string(), "an id is kept");
    if (!record.properties.empty())
      require(parse(record.properties).is_object(), "properties are taken whole");
  }
  require(next == results.size(), "no result is made up");
}

/// Another reader of JSON, which is stricter with escapes, control characters and numbers.
void check_against_json(std::string_view bytes, const BatchAnswer& answer) {
  const json::value value = parse(bytes);
  if (!value.is_object()) return;
  require(answer.well_formed, "a JSON object is taken");
  // Of members of one name only the last counts there.
  const bool is_told_once = count(bytes, "results") == 1 && count(bytes, "\\u") == 0;
  const json::value* const results = value.get_object().if_contains("results");
  if (results == nullptr || !results->is_array() || !is_told_once) return;
  require(answer.has_results, "results are found");
  check_results(results->get_array(), answer.results);
}

}  // namespace

void try_answer(std::string_view bytes) {
  const BatchAnswer answer = decode_batch_answer(bytes, kInterest);
  check_against_json(bytes, answer);
  if (!answer.well_formed) {
    require(is_empty(answer), "nothing is taken from what is no JSON object");
    return;
  }
  for (const AnsweredError& error : answer.errors) check_error(error);
  if (answer.whole) check_error(*answer.whole);
  const std::size_t end = bytes.find_last_of('}');
  const BatchAnswer cut_off = decode_batch_answer(bytes.substr(0, end), kInterest);
  require(!cut_off.well_formed, "a text that was cut off never passes for a whole one");
}

}  // namespace payferry::fuzz
