#include "model/error_message.hpp"

#include <algorithm>

#include "model/clean_text.hpp"
#include "model/json_reader.hpp"

namespace payferry {

namespace {

constexpr std::string_view kNotValid = "not valid: ";
constexpr std::string_view kCoordinates = "PropertyValueCoordinates{";
constexpr std::string_view kPropertyName = "propertyName=";
constexpr std::string_view kValue = ", value=";
constexpr std::string_view kAlreadyHas = " already has that value";
constexpr std::string_view kExistingId = "Existing ID: ";
constexpr std::size_t kMaxProblems = 100;
constexpr std::size_t kNone = std::string_view::npos;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

void add_once(std::vector<std::string>& texts, const std::string& text) {
  if (text.empty() || std::find(texts.begin(), texts.end(), text) != texts.end()) return;
  texts.push_back(text);
}

void add_all_once(std::vector<std::string>& texts, const std::vector<std::string>& more) {
  for (const std::string& text : more) add_once(texts, text);
}

void add_problem(AnsweredError& error, AnsweredProblem problem) {
  const auto same = [&problem](const AnsweredProblem& other) {
    return other.code == problem.code && other.property == problem.property &&
           other.message == problem.message;
  };
  if (error.problems.size() >= kMaxProblems) return;
  if (std::any_of(error.problems.begin(), error.problems.end(), same)) return;
  error.problems.push_back(std::move(problem));
}

/// A detail without findings of its own is one finding.
void add_problems_of(AnsweredError& error, const AnsweredError& detail) {
  for (const AnsweredProblem& problem : detail.problems) add_problem(error, problem);
  if (!detail.problems.empty() || (detail.code.empty() && detail.message.empty())) return;
  const std::string property = detail.properties.empty() ? "" : detail.properties.front();
  add_problem(error, {detail.code, property, detail.message});
}

void read_finding(JsonReader& reader, AnsweredProblem& finding) {
  std::string localized;
  reader.read_object([&](std::string_view key) {
    if (key == "message") {
      reader.read_text(finding.message);
    } else if (key == "localizedErrorMessage") {
      reader.read_text(localized);
    } else if (key == "error" || key == "code") {
      reader.read_text(finding.code);
    } else if (key == "name") {
      reader.read_text(finding.property);
    } else {
      reader.skip();
    }
  });
  if (finding.message.empty()) finding.message = std::move(localized);
}

/// "Property values were not valid: [{…},{…}]"
bool read_findings(AnsweredError& error) {
  const std::string_view message = error.message;
  const std::size_t start = message.find(kNotValid);
  if (start == kNone) return false;
  JsonReader reader(message.substr(start + kNotValid.size()));
  if (reader.kind() != JsonKind::array) return false;
  std::vector<AnsweredProblem> findings;
  reader.read_array([&] {
    if (reader.kind() == JsonKind::object) {
      read_finding(reader, findings.emplace_back());
    } else {
      reader.skip();
    }
  });
  if (!reader.finished() || findings.empty()) return false;
  for (AnsweredProblem& finding : findings) add_problem(error, std::move(finding));
  return true;
}

std::string_view digits_before(std::string_view text, std::size_t end) {
  std::size_t start = end;
  while (start > 0 && is_digit(text[start - 1])) --start;
  return text.substr(start, end - start);
}

std::string_view digits_at(std::string_view text, std::size_t start) {
  std::size_t end = start;
  while (end < text.size() && is_digit(text[end])) ++end;
  return text.substr(start, end - start);
}

/// "…, propertyName=email, value=x@y.com} on 552148386511." The value may hold anything, a brace
/// too.
void read_coordinates(AnsweredError& error, std::string_view message) {
  if (!error.held_property.empty()) return;
  const std::size_t start = message.find(kCoordinates);
  if (start == kNone) return;
  const std::size_t name = message.find(kPropertyName, start);
  if (name == kNone) return;
  const std::size_t value = message.find(kValue, name);
  if (value == kNone) return;
  const std::size_t name_start = name + kPropertyName.size();
  error.held_property = message.substr(name_start, value - name_start);
  const std::size_t value_start = value + kValue.size();
  const std::size_t end = message.rfind("} on ");
  if (end == kNone || end < value_start) return;
  error.held_value = message.substr(value_start, end - value_start);
}

/// The second id of "… on 552148386511. 552239500007 already has that value." is the holder: the
/// first one is the half-made record that the create was writing to (contract §3.4).
void read_existing_id(AnsweredError& error, std::string_view message) {
  if (!error.existing_id.empty()) return;
  if (const std::size_t end = message.rfind(kAlreadyHas); end != kNone) {
    error.existing_id = digits_before(message, end);
  } else if (const std::size_t start = message.find(kExistingId); start != kNone) {
    error.existing_id = digits_at(message, start + kExistingId.size());
  }
}

/// A finding's own words come first: the message around it has them escaped.
void read_holder(AnsweredError& error) {
  for (const AnsweredProblem& problem : error.problems) {
    read_coordinates(error, problem.message);
    read_existing_id(error, problem.message);
  }
  read_coordinates(error, error.message);
  read_existing_id(error, error.message);
}

void sum_up_problems(AnsweredError& error, bool replace_message) {
  std::vector<std::string> messages;
  for (const AnsweredProblem& problem : error.problems) {
    if (error.code.empty()) error.code = problem.code;
    add_once(error.properties, problem.property);
    add_once(messages, problem.message);
  }
  if (messages.empty() || !(replace_message || error.message.empty())) return;
  error.message.clear();
  for (const std::string& message : messages) {
    if (!error.message.empty()) error.message += "; ";
    error.message += message;
  }
}

void clean(AnsweredError& error) {
  for (std::string* text : {&error.category, &error.sub_category, &error.code, &error.message,
                            &error.existing_id, &error.correlation_id}) {
    *text = clean_text(*text);
  }
  for (std::string& property : error.properties) property = clean_text(property);
  for (AnsweredProblem& problem : error.problems) {
    problem.code = clean_text(problem.code);
    problem.property = clean_text(problem.property);
    problem.message = clean_text(problem.message);
  }
}

}  // namespace

void absorb_detail(AnsweredError& error, const AnsweredError& detail) {
  add_problems_of(error, detail);
  add_all_once(error.properties, detail.properties);
  add_all_once(error.trace_ids, detail.trace_ids);
  add_all_once(error.ids, detail.ids);
  add_all_once(error.required_scopes, detail.required_scopes);
  if (error.existing_id.empty()) error.existing_id = detail.existing_id;
  if (error.held_property.empty()) {
    error.held_property = detail.held_property;
    error.held_value = detail.held_value;
  }
}

void read_error_message(AnsweredError& error) {
  const bool findings = read_findings(error);
  read_holder(error);
  // Where the JSON in the message is cut off, the list beside it still says the same.
  const bool broken = !findings && error.message.find(kNotValid) != kNone;
  sum_up_problems(error, findings || broken);
  clean(error);
}

}  // namespace payferry
