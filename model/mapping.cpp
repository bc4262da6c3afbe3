#include "model/mapping.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "model/association_json.hpp"
#include "model/blanks.hpp"
#include "model/card_number.hpp"
#include "model/digits.hpp"
#include "model/json_text.hpp"
#include "model/mapping_program.hpp"
#include "model/reject_marks.hpp"
#include "model/shown_value.hpp"

namespace payferry {

namespace {

/// HubSpot's limit of a text property (contract §4.5).
constexpr std::size_t kMostTextCharacters = 65'536;
/// An id is kept in memory, in the journal and in outcome lines: longer ones are texts in the wrong
/// column.
constexpr std::size_t kMostKeyCharacters = 1'000;

bool is_longer_than(std::string_view text, std::size_t characters) {
  return text.size() > characters && count_characters(text) > characters;
}

/// "65,536"
std::string grouped(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

/// Runs a program for one record.
class RecordMapper {
 public:
  /// With `all` it does not stop at the first problem, and gathers each one there.
  RecordMapper(const MappingProgram& program, const Record& record, std::string& input,
               MappedRecord& mapped, std::vector<RecordError>* all = nullptr)
      : program_(program), record_(record), input_(input), mapped_(mapped), all_(all) {}

  void map() {
    const std::size_t start = input_.size();
    append_head();
    for (const MappingStep& step : program_.steps) {
      if (goes_on() || step.tells_of_invalid()) append_property(step);
    }
    if (goes_on()) append_end();
    if (mapped_.error) input_.resize(start);
  }

 private:
  bool goes_on() const { return !mapped_.error || all_ != nullptr; }

  void append_head() {
    input_ += program_.head;
    if (program_.upsert_key) {
      append_value(*program_.upsert_key);
      input_ += R"(","objectWriteTraceId":")";
    }
    append_number(input_, record_.number.value());
    input_ += R"(","properties":{)";
  }

  void append_property(const MappingStep& step) {
    const std::size_t start = input_.size();
    input_.append(step.prefix, has_property_ ? 0 : kEndOfValue.size());
    if (append_value(step)) {
      has_property_ = true;
    } else {
      input_.resize(start);
    }
  }

  /// Appends the value, escaped; false where there is none, or only a problem.
  bool append_value(const MappingStep& step) {
    const std::string_view text = cell_text(step);
    if (text.empty()) return append_fallback(step);
    if (!is_fit(step, text)) return false;
    return append_converted(step, text);
  }

  std::string_view cell_text(const MappingStep& step) const {
    if (!step.column) return {};
    return step.trim ? trim(cell(*step.column)) : cell(*step.column);
  }

  std::string_view cell(std::size_t column) const {
    assert(column < record_.cells.size());
    return record_.cells[column];
  }

  bool append_fallback(const MappingStep& step) {
    if (!step.fallback || step.fallback->empty()) return refuse_if_required(step);
    if (step.fallback_is_text) return append_converted(step, *step.fallback);
    note(step, *step.fallback);
    input_ += step.fallback_json;
    return true;
  }

  void append_text(const MappingStep& step, std::string_view text) {
    note(step, text);
    append_json_content(input_, text);
  }

  bool append_converted(const MappingStep& step, std::string_view text) {
    if (step.converter) return append_conversion(step, text);
    append_text(step, text);
    return true;
  }

  bool append_conversion(const MappingStep& step, std::string_view text) {
    const std::size_t start = input_.size();
    Conversion made = step.converter->convert(text, mapped_.currency, input_);
    if (made.problem && !record_.with_exponent.empty()) convert_number(step, text, start, made);
    if (made.problem) {
      refuse(step, std::move(made.problem->code), std::move(made.problem->message));
      return false;
    }
    if (input_.size() == start) return refuse_if_required(step);
    note(step, std::string_view(input_).substr(start), made.number);
    if (step.must_escape) escape_json_content(input_, start);
    return true;
  }

  /// A number that JSON wrote with an exponent, where the type takes numbers.
  [[gnu::cold]] void convert_number(const MappingStep& step, std::string_view text,
                                    std::size_t start, Conversion& made) {
    const auto& cells = record_.with_exponent;
    if (!step.column || std::find(cells.begin(), cells.end(), *step.column) == cells.end()) return;
    input_.resize(start);
    auto converted = step.converter->convert_number(text, mapped_.currency, input_);
    if (converted) made = *std::move(converted);
  }

  /// Keeps what is asked of a record beside its input.
  void note(const MappingStep& step, std::string_view value,
            const std::optional<Decimal>& number = std::nullopt) {
    if (step.is_key) mapped_.key = value;
    if (step.is_amount) mapped_.amount = number ? number : Decimal::parse(value);
    if (step.is_currency) mapped_.currency = Currency::parse(value).value_or(Currency());
  }

  bool is_fit(const MappingStep& step, std::string_view text) {
    if (text.size() >= kCardMarkBytes && !is_long_text_fit(step, text)) return false;
    if (!step.check_card_number || !holds_card_number(text)) return true;
    return refuse_card_number(step);
  }

  [[gnu::noinline]] bool is_long_text_fit(const MappingStep& step, std::string_view text) {
    if (text.size() > kMostKeyCharacters && !is_short_enough(step, text)) return false;
    if (!holds_reject_mark(text)) return true;
    refuse_mark(text, step.property, step.column_name);
    return false;
  }

  [[gnu::cold]] bool is_short_enough(const MappingStep& step, std::string_view text) {
    const std::size_t most = step.is_key ? kMostKeyCharacters : kMostTextCharacters;
    if (is_longer_than(text, most)) {
      refuse(step, "TEXT_TOO_LONG",
             "the text has " + grouped(count_characters(text)) + " characters, " +
                 (step.is_key ? "more than an id may have" : "more than HubSpot keeps") + " (" +
                 grouped(most) + "); shorten it");
      return false;
    }
    return true;
  }

  [[gnu::cold]] void refuse_mark(std::string_view text, const std::string& property,
                                 const std::string& column) {
    if (!goes_on()) return;
    const bool of_card = holds_card_mark(text);
    refuse(RecordError{of_card ? "CARD_NUMBER" : "RECORD_TOO_LONG", property, column,
                       std::string(of_card ? kMaskedMessage : kCutMessage)});
  }

  /// Always false.
  [[gnu::cold]] bool refuse_card_number(const MappingStep& step) {
    refuse(step, "CARD_NUMBER",
           step.card_number_allowable ? "the value holds what looks like a card number, which must "
                                        "not be stored in HubSpot; take it out, or "
                                        "set allow_card_like = true for this property if it is none"
                                      : "the value is a whole card number, which must not be "
                                        "stored in HubSpot; keep its last four digits");
    return false;
  }

  /// Always false.
  [[gnu::cold]] bool refuse_if_required(const MappingStep& step) {
    if (!step.required) return false;
    refuse(step, "EMPTY_REQUIRED",
           "column \"" + step.column_name + "\" is empty, but " + step.property +
               " needs a value; fill it in" + (step.is_key ? "" : ", or set a default"));
    return false;
  }

  [[gnu::cold]] void refuse(const MappingStep& step, std::string code, std::string message) {
    if (!goes_on()) return;
    refuse(RecordError{std::move(code), step.property, step.column_name, std::move(message)});
  }

  void refuse(RecordError error) {
    if (all_ != nullptr) all_->push_back(error);
    if (!mapped_.error) mapped_.error = std::move(error);
  }

  void append_end() {
    if (has_property_) input_ += '"';
    input_ += program_.write == WriteMode::upsert ? "}}" : R"(},"associations":[]})";
    for (std::size_t at = 0; at < program_.associations.size(); ++at) {
      const AssociationStep& step = program_.associations[at];
      const std::string_view text = trim(cell(step.column));
      if (is_target(step.rule, text)) mapped_.targets[at] = text;
    }
  }

  bool is_target(const AssociationRule& rule, std::string_view text) {
    if (text.empty()) return false;
    if (holds_reject_mark(text)) {
      refuse_mark(text, std::string(), rule.from);
    } else if (rule.match && is_longer_than(text, kMostKeyCharacters)) {
      refuse_long_value(rule, text);
    } else if (!rule.match && !is_record_id(text)) {
      refuse_record_id(rule, text);
    }
    return !mapped_.error;
  }

  void refuse_long_value(const AssociationRule& rule, std::string_view text) {
    if (mapped_.error) return;
    mapped_.error =
        RecordError{"TEXT_TOO_LONG", "", rule.from,
                    "the value has " + grouped(count_characters(text)) +
                        " characters, more than a record of " + rule.to + " can be looked up by (" +
                        grouped(kMostKeyCharacters) + "); correct it, or leave the cell empty"};
  }

  void refuse_record_id(const AssociationRule& rule, std::string_view text) {
    if (!goes_on()) return;
    refuse(RecordError{
        "INVALID_RECORD_ID", "", rule.from,
        shown_value(text) + " is not the id of a record of " + rule.to +
            ", which has digits only; correct it, leave the cell empty, or set match to look "
            "it up by another property"});
  }

  const MappingProgram& program_;
  const Record& record_;
  std::string& input_;
  MappedRecord& mapped_;
  std::vector<RecordError>* all_;
  bool has_property_ = false;
};

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

bool takes_card_like(const PropertyRule& rule, const MappingRules& rules) {
  return (!rules.id_property.empty() && rule.property == rules.id_property) ||
         (rule.allow_card_like && may_allow_card_like(rule.property));
}

}  // namespace

void MappedRecord::clear() {
  key.clear();
  amount.reset();
  currency = Currency();
  for (std::string& target : targets) target.clear();
  error.reset();
}

Mapping::Mapping(std::unique_ptr<const MappingProgram> program) : program_(std::move(program)) {}
Mapping::Mapping(Mapping&&) noexcept = default;
Mapping& Mapping::operator=(Mapping&&) noexcept = default;
Mapping::~Mapping() = default;

tl::expected<Mapping, MappingError> Mapping::compile(const MappingRules& rules,
                                                     std::span<const std::string> columns) {
  auto program = compile_mapping(rules, columns);
  if (!program) return tl::unexpected(std::move(program.error()));
  return Mapping(std::move(*program));
}

void Mapping::map(const Record& record, std::string& input, MappedRecord& mapped) const {
  mapped.clear();
  mapped.targets.resize(program_->associations.size());
  if (record.error) {
    mapped.error = record.error;
    return;
  }
  RecordMapper(*program_, record, input, mapped).map();
}

std::vector<RecordError> Mapping::problems_of(const Record& record) const {
  if (record.error) return {*record.error};
  std::vector<RecordError> problems;
  std::string input;
  MappedRecord mapped;
  mapped.targets.resize(program_->associations.size());
  RecordMapper(*program_, record, input, mapped, &problems).map();
  return problems;
}

std::vector<std::string> Mapping::columns_read(const MappingRules& rules) {
  std::vector<std::string> names;
  for (const PropertyRule& rule : rules.properties) {
    if (rule.from && !rule.value) add_once(names, *rule.from);
  }
  for (const AssociationRule& rule : rules.associations) add_once(names, rule.from);
  return names;
}

std::vector<std::string> Mapping::columns_of_card_like(const MappingRules& rules) {
  std::vector<std::string> names = columns_read(rules);
  for (const PropertyRule& rule : rules.properties) {
    if (rule.from && !takes_card_like(rule, rules)) std::erase(names, *rule.from);
  }
  return names;
}

}  // namespace payferry
