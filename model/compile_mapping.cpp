#include <algorithm>

#include "model/card_number.hpp"
#include "model/json_text.hpp"
#include "model/mapping_program.hpp"
#include "model/nearest_name.hpp"
#include "model/shown_value.hpp"

namespace payferry {

namespace {

constexpr std::string_view kLastFourProperty = "hs_payment_method_last_4";

/// "payments.toml:12:5: property hs_initial_amount"
std::string at_place(const std::string& place, const std::string& who) {
  return place.empty() ? who : place + ": " + who;
}

std::string named(const PropertyRule& rule) {
  return at_place(rule.place, "property " + rule.property);
}

/// `"A", "B", "C", …`
std::string list_of(std::span<const std::string> columns) {
  constexpr std::size_t kMost = 12;
  std::string list;
  for (std::size_t at = 0; at < std::min(kMost, columns.size()); ++at)
    list += (at == 0 ? "" : ", ") + shown_value(columns[at]);
  return list + (columns.size() > kMost ? ", …" : "");
}

bool must_be_escaped(std::string_view value) {
  std::string json;
  append_json_content(json, value);
  return json != value;
}

/// The rule with the forms in which HubSpot takes values as those of its cells.
PropertyRule with_wire_forms(PropertyRule rule) {
  rule.format = "iso8601";
  rule.decimal_mark = '.';
  std::map<std::string, std::string> values;
  for (const auto& [text, value] : rule.map) values.emplace(value, value);
  rule.map = std::move(values);
  return rule;
}

class MappingCompiler {
 public:
  MappingCompiler(const MappingRules& rules, std::span<const std::string> columns)
      : rules_(rules), columns_(columns), program_(std::make_unique<MappingProgram>()) {}

  tl::expected<std::unique_ptr<const MappingProgram>, MappingError> compile() {
    program_->write = rules_.write;
    compile_head();
    for (const PropertyRule& rule : rules_.properties) compile_property(rule);
    compile_run_property();
    for (const AssociationRule& rule : rules_.associations) compile_association(rule);
    check_key();
    put_currency_first();
    if (tells_columns_) errors_ += "; its columns are " + list_of(columns_) + delimiter_hint();
    if (!errors_.empty()) return tl::unexpected(MappingError{errors_});
    return std::move(program_);
  }

 private:
  void compile_head() {
    if (rules_.write == WriteMode::create) {
      program_->head = R"({"objectWriteTraceId":")";
      return;
    }
    program_->head = R"({"idProperty":)";
    append_json_string(program_->head, rules_.id_property);
    program_->head += R"(,"id":")";
  }

  void compile_property(const PropertyRule& rule) {
    MappingStep step;
    step.property = rule.property;
    step.trim = rule.trim;
    step.is_key = !rules_.id_property.empty() && rule.property == rules_.id_property;
    step.is_amount = rule.property == rules_.amount_property;
    step.is_currency = rule.property == rules_.currency_property;
    step.required = rule.required || step.is_key;
    step.prefix = prefix_of(rule.property);
    compile_card_check(rule, step);
    if (rule.value) {
      step.fallback = rule.value;
    } else {
      compile_cell(rule, step);
    }
    add(std::move(step));
  }

  void add(MappingStep step) {
    if (step.fallback) append_json_content(step.fallback_json, *step.fallback);
    if (step.is_key && rules_.write == WriteMode::upsert) {
      program_->upsert_key = std::move(step);
    } else {
      program_->steps.push_back(std::move(step));
    }
  }

  static std::string prefix_of(std::string_view property) {
    std::string prefix(kEndOfValue);
    append_json_string(prefix, property);
    return prefix + ":\"";
  }

  static void compile_card_check(const PropertyRule& rule, MappingStep& step) {
    step.card_number_allowable = may_allow_card_like(rule.property);
    const bool allowed = rule.allow_card_like && step.card_number_allowable;
    const bool free_text = rule.type == ValueType::string && rule.map.empty();
    step.check_card_number = free_text && !allowed && !step.is_key;
  }

  void compile_cell(const PropertyRule& rule, MappingStep& step) {
    if (!rule.from) {
      fail(named(rule) + " needs from = \"a column\", or value = \"a constant\"");
      return;
    }
    step.column_name = mask_card_numbers(*rule.from);
    step.column = find_column(*rule.from, named(rule));
    auto converter = make_value_converter(rule);
    if (!converter) {
      fail(named(rule) + ": " + converter.error());
      return;
    }
    step.converter = std::move(*converter);
    step.must_escape = std::any_of(rule.map.begin(), rule.map.end(),
                                   [](const auto& entry) { return must_be_escaped(entry.second); });
    if (rule.type == ValueType::minor_units) check_minor_units(rule);
    if (rule.default_value) compile_default(rule, step);
  }

  std::optional<std::size_t> find_column(const std::string& name, const std::string& who) {
    const auto found = std::find(columns_.begin(), columns_.end(), name);
    if (found == columns_.end()) {
      fail_missing_column(name, who);
      return std::nullopt;
    }
    if (std::find(found + 1, columns_.end(), name) != columns_.end()) {
      fail(who + ": the input has more than one column " + shown_value(name) +
           "; rename all but one of them in its header");
    }
    return static_cast<std::size_t>(found - columns_.begin());
  }

  void fail_missing_column(const std::string& name, const std::string& who) {
    const auto nearest = nearest_name(name, columns_);
    fail(who + ": the input has no column " + shown_value(name) +
         (nearest ? "; did you mean " + shown_value(*nearest) + "?" : ""));
    tells_columns_ = tells_columns_ || !nearest;
  }

  /// One column that looks like many.
  std::string delimiter_hint() const {
    const bool looks_like_many =
        columns_.size() == 1 && columns_.front().find_first_of(";,\t|") != std::string::npos;
    return looks_like_many ? "; if these are many, set input.delimiter to what parts them" : "";
  }

  void check_minor_units(const PropertyRule& rule) {
    const bool has_currency = std::any_of(
        rules_.properties.begin(), rules_.properties.end(),
        [this](const auto& other) { return other.property == rules_.currency_property; });
    if (has_currency) return;
    fail(named(rule) + ": type = \"minor_units\" needs the record's currency; add a line for " +
         rules_.currency_property + ", such as " + rules_.currency_property +
         " = { value = \"GBP\" }");
  }

  /// The default as it is sent, found once; only minor units wait for the record's currency.
  void compile_default(const PropertyRule& rule, MappingStep& step) {
    step.fallback = rule.default_value;
    if (!step.converter || rule.default_value->empty()) return;
    std::string value;
    const Currency any = *Currency::parse("USD");
    const auto problem = step.converter->convert(*rule.default_value, any, value).problem;
    step.fallback_is_text = rule.type == ValueType::minor_units;
    if (problem && !compile_wire_default(rule, value)) {
      fail(named(rule) + ": default " + problem->message);
    }
    if (!step.fallback_is_text) step.fallback = value;
  }

  static bool compile_wire_default(const PropertyRule& rule, std::string& value) {
    value.clear();
    const auto converter = make_value_converter(with_wire_forms(rule));
    return converter && *converter &&
           !(*converter)->convert(*rule.default_value, Currency(), value).problem;
  }

  void compile_run_property() {
    if (rules_.run_property.empty() || rules_.run_id.empty()) return;
    MappingStep step;
    step.property = rules_.run_property;
    step.prefix = prefix_of(rules_.run_property);
    step.fallback = rules_.run_id;
    add(std::move(step));
  }

  void compile_association(const AssociationRule& rule) {
    const std::string who = at_place(rule.place, "association to " + rule.to);
    if (const auto column = find_column(rule.from, who)) {
      program_->associations.push_back({rule, *column});
    }
  }

  void check_key() {
    if (rules_.id_property.empty()) {
      if (rules_.write == WriteMode::upsert)
        fail("write = \"upsert\" needs id_property: what the records are known by");
      return;
    }
    const bool has_key =
        std::any_of(rules_.properties.begin(), rules_.properties.end(),
                    [this](const auto& rule) { return rule.property == rules_.id_property; });
    if (!has_key) {
      fail("id_property " + rules_.id_property +
           " has no line in [properties]; say there which column it comes from");
    }
  }

  void put_currency_first() {
    const bool has_amounts =
        std::any_of(rules_.properties.begin(), rules_.properties.end(), [](const auto& rule) {
          return rule.type == ValueType::minor_units || rule.type == ValueType::decimal;
        });
    if (!has_amounts) return;
    std::stable_partition(program_->steps.begin(), program_->steps.end(),
                          [](const MappingStep& step) { return step.is_currency; });
  }

  void fail(const std::string& message) { errors_ += (errors_.empty() ? "" : ";\n  ") + message; }

  const MappingRules& rules_;
  std::span<const std::string> columns_;
  std::unique_ptr<MappingProgram> program_;
  std::string errors_;
  bool tells_columns_ = false;  ///< at the end, once
};

}  // namespace

bool may_allow_card_like(const std::string& property) {
  return property != kLastFourProperty;
}

tl::expected<std::unique_ptr<const MappingProgram>, MappingError> compile_mapping(
    const MappingRules& rules, std::span<const std::string> columns) {
  return MappingCompiler(rules, columns).compile();
}

}  // namespace payferry
