#include "model/api_error.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "model/answer.hpp"
#include "model/error_message.hpp"

namespace payferry {

namespace {

template <class... Words>
bool is_one_of(std::string_view text, Words... words) {
  return ((text == words) || ...);
}

/// Texts of a context value, which is a list by the schema and a lone string or number in the wild.
void read_texts(JsonReader& reader, std::vector<std::string>& texts) {
  const auto take_one = [&] {
    std::string text;
    if (reader.read_text(text)) texts.push_back(std::move(text));
  };
  if (reader.kind() != JsonKind::array) return take_one();
  reader.read_array(take_one);
}

void read_first_text(JsonReader& reader, std::string& text) {
  std::vector<std::string> texts;
  read_texts(reader, texts);
  if (!texts.empty() && text.empty()) text = std::move(texts.front());
}

void read_expire_time(JsonReader& reader, AnsweredError& error) {
  std::string text;
  read_first_text(reader, text);
  error.expired_at = parse_iso8601(text);
}

void read_context_member(JsonReader& reader, std::string_view key, AnsweredError& error) {
  if (key == "objectWriteTraceId") return read_texts(reader, error.trace_ids);
  if (is_one_of(key, "ids", "id")) return read_texts(reader, error.ids);
  if (key == "existingId") return read_first_text(reader, error.existing_id);
  if (is_one_of(key, "propertyName", "properties")) return read_texts(reader, error.properties);
  if (is_one_of(key, "requiredGranularScopes", "requiredScopes")) {
    return read_texts(reader, error.required_scopes);
  }
  if (key == "expire time") return read_expire_time(reader, error);
  reader.skip();
}

void read_context(JsonReader& reader, AnsweredError& error) {
  if (reader.kind() != JsonKind::object) {
    reader.skip();
    return;
  }
  reader.read_object([&](std::string_view key) { read_context_member(reader, key, error); });
}

/// A text, or the first text of an object: subCategory is an object in the specification (contract
/// §3.1).
void read_text_or_first_member(JsonReader& reader, std::string& text) {
  if (reader.kind() != JsonKind::object) {
    reader.read_text(text);
    return;
  }
  reader.read_object([&](std::string_view) {
    std::string member;
    if (reader.read_text(member) && text.empty()) text = std::move(member);
  });
}

void read_details(JsonReader& reader, AnsweredError& error) {
  if (reader.kind() != JsonKind::array) {
    reader.skip();
    return;
  }
  reader.read_array([&] {
    AnsweredError detail;
    read_error(reader, detail);
    absorb_detail(error, detail);
  });
}

/// `error` is a code in HubSpot's bodies, an object in other people's.
void read_inner_error(JsonReader& reader, AnsweredError& error) {
  if (reader.kind() != JsonKind::object) return read_first_text(reader, error.code);
  AnsweredError inner;
  read_error(reader, inner);
  if (error.message.empty()) error.message = inner.message;
  absorb_detail(error, inner);
}

/// Only OAuth bodies say something in `status` (contract §9.3); elsewhere it is "error" or a
/// number.
void read_status(JsonReader& reader, AnsweredError& error) {
  std::string status;
  if (reader.read_text(status) && status.starts_with("BAD_") && error.category.empty()) {
    error.category = std::move(status);
  }
}

void read_retry_after(JsonReader& reader, AnsweredError& error) {
  std::string text;
  reader.read_text(text);
  std::uint32_t seconds = 0;
  const auto [rest, fault] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (fault == std::errc() && rest != text.data())
    error.retry_after = std::min(std::chrono::seconds(seconds), kLongestRetryAfter);
}

using MemberReader = void (*)(JsonReader&, AnsweredError&);

template <std::string AnsweredError::*kField>
void read_field(JsonReader& reader, AnsweredError& error) {
  std::string text;
  if (reader.read_text(text) && !text.empty()) error.*kField = std::move(text);
}

/// As read_field, but does not replace what a better member said.
template <std::string AnsweredError::*kField>
void read_spare_field(JsonReader& reader, AnsweredError& error) {
  read_first_text(reader, error.*kField);
}

struct Member {
  std::string_view key;
  MemberReader read;
};

constexpr std::array kMembers{
    Member{"category", read_field<&AnsweredError::category>},
    Member{"errorType", read_spare_field<&AnsweredError::category>},
    Member{"error_category", read_spare_field<&AnsweredError::category>},
    Member{"subCategory",
           [](JsonReader& reader, AnsweredError& error) {
             read_text_or_first_member(reader, error.sub_category);
           }},
    Member{"code", read_field<&AnsweredError::code>},
    Member{"error", read_inner_error},
    Member{"error_name", read_spare_field<&AnsweredError::code>},
    Member{"message", read_field<&AnsweredError::message>},
    Member{"localizedErrorMessage", read_spare_field<&AnsweredError::message>},
    Member{"error_description", read_spare_field<&AnsweredError::message>},
    Member{"detail", read_spare_field<&AnsweredError::message>},
    Member{"name",
           [](JsonReader& reader, AnsweredError& error) { read_texts(reader, error.properties); }},
    Member{"policyName", read_field<&AnsweredError::policy_name>},
    Member{"correlationId", read_field<&AnsweredError::correlation_id>},
    Member{"context", read_context},
    Member{"errors", read_details},
    Member{"status", read_status},
    Member{"retry_after", read_retry_after},
};

}  // namespace

bool read_error_member(JsonReader& reader, std::string_view key, AnsweredError& error) {
  const auto* const member = std::find_if(kMembers.begin(), kMembers.end(),
                                          [key](const Member& m) { return m.key == key; });
  if (member == kMembers.end()) return false;
  member->read(reader, error);
  return true;
}

void read_error(JsonReader& reader, AnsweredError& error) {
  if (reader.kind() != JsonKind::object) {
    reader.skip();
    return;
  }
  reader.read_object([&](std::string_view key) {
    if (!read_error_member(reader, key, error)) reader.skip();
  });
  read_error_message(error);
}

}  // namespace payferry
