#include "model/batch_answer.hpp"

#include <cstring>

#include "model/api_error.hpp"
#include "model/batch.hpp"
#include "model/error_kind.hpp"
#include "model/error_message.hpp"
#include "model/json_reader.hpp"

namespace payferry {

namespace {

/// Compares with a literal in place, where == would call memcmp.
template <std::size_t kSize>
bool is(std::string_view key, const char (&name)[kSize]) {
  return key.size() == kSize - 1 && std::memcmp(key.data(), name, kSize - 1) == 0;
}

class Decoder {
 public:
  Decoder(std::string_view body, const AnswerInterest& interest)
      : reader_(body), interest_(interest) {}

  BatchAnswer decode();

 private:
  void read_member(std::string_view key);
  void read_results();
  void read_result(AnsweredRecord& record);
  void read_properties(AnsweredRecord& record);
  void read_properties(JsonReader& reader, AnsweredRecord& record);
  template <class PlaceOf, class OnOther>
  void read_texts(JsonReader& reader, const PlaceOf& place_of, const OnOther& on_other);
  void read_errors();
  void read_instant(std::optional<Instant>& instant);
  std::optional<Instant> instant_of(std::string_view text);
  void read_flag(std::optional<bool>& flag);
  bool comes(JsonKind kind);

  JsonReader reader_;
  const AnswerInterest& interest_;
  BatchAnswer answer_;
  AnsweredError whole_;
  std::string_view last_instant_text_;
  std::optional<Instant> last_instant_;
};

/// Steps over a value of another kind.
bool Decoder::comes(JsonKind kind) {
  if (reader_.kind() == kind) return true;
  reader_.skip();
  return false;
}

void Decoder::read_instant(std::optional<Instant>& instant) {
  std::string_view text;
  if (!comes(JsonKind::string) || !reader_.read_text(text, answer_.unescaped)) return;
  instant = instant_of(text);
}

/// The records of a batch mostly bear the same moment.
std::optional<Instant> Decoder::instant_of(std::string_view text) {
  if (text != last_instant_text_) last_instant_ = parse_iso8601(text);
  last_instant_text_ = text;
  return last_instant_;
}

void Decoder::read_flag(std::optional<bool>& flag) {
  bool value = false;
  if (reader_.read_boolean(value)) flag = value;
}

/// A property without a name is none that was asked for.
void Decoder::read_properties(AnsweredRecord& record) {
  if (!comes(JsonKind::object)) return;
  if (interest_.whole_properties) {
    record.properties = reader_.skip();
    JsonReader again(record.properties);
    return read_properties(again, record);
  }
  read_properties(reader_, record);
}

void Decoder::read_properties(JsonReader& reader, AnsweredRecord& record) {
  const auto place_of = [&](std::string_view key) -> std::string_view* {
    if (key.empty()) return nullptr;
    if (key == interest_.id_property) return &record.key;
    return key == interest_.run_property ? &record.run : nullptr;
  };
  read_texts(reader, place_of, [&](std::string_view) { reader.skip(); });
}

void Decoder::read_result(AnsweredRecord& record) {
  std::string_view created_at;
  const auto place_of = [&](std::string_view key) -> std::string_view* {
    if (is(key, "id")) return &record.id;
    if (is(key, "createdAt")) return &created_at;
    return is(key, "objectWriteTraceId") ? &record.trace_id : nullptr;
  };
  read_texts(reader_, place_of, [&](std::string_view key) {
    if (is(key, "properties")) {
      read_properties(record);
    } else if (is(key, "new")) {
      read_flag(record.is_new);
    } else {
      reader_.skip();
    }
  });
  if (!created_at.empty()) record.created_at = instant_of(created_at);
}

/// Reads an object: each text to the place that `place_of` has for its key; `on_other` must read
/// the value of another key, if it is no plain string.
template <class PlaceOf, class OnOther>
void Decoder::read_texts(JsonReader& reader, const PlaceOf& place_of, const OnOther& on_other) {
  const auto on_text = [&](std::string_view key, std::string_view text) {
    if (std::string_view* const place = place_of(key)) *place = text;
  };
  reader.read_members(on_text, [&](std::string_view key) {
    if (std::string_view* const place = place_of(key)) {
      reader.read_text(*place, answer_.unescaped);
    } else {
      on_other(key);
    }
  });
}

void Decoder::read_results() {
  if (!comes(JsonKind::array)) return;
  answer_.has_results = true;
  answer_.results.reserve(kMaxBatchRecords);
  reader_.read_array([&] {
    if (comes(JsonKind::object)) read_result(answer_.results.emplace_back());
  });
}

void Decoder::read_errors() {
  if (!comes(JsonKind::array)) return;
  reader_.read_array([&] {
    if (comes(JsonKind::object)) read_error(reader_, answer_.errors.emplace_back());
  });
}

void Decoder::read_member(std::string_view key) {
  if (key == "results") return read_results();
  if (key == "errors") return read_errors();
  if (key == "startedAt") return read_instant(answer_.started_at);
  if (key == "completedAt") return read_instant(answer_.completed_at);
  if (!read_error_member(reader_, key, whole_)) reader_.skip();
}

BatchAnswer Decoder::decode() {
  reader_.read_object([this](std::string_view key) { read_member(key); });
  answer_.well_formed = reader_.finished();
  if (!answer_.well_formed) return {};
  if (!says_anything(whole_)) return std::move(answer_);
  // A batch answer's errors each concern records of their own, a refusal's explain the refusal.
  if (!answer_.has_results) {
    for (const AnsweredError& detail : answer_.errors) absorb_detail(whole_, detail);
  }
  read_error_message(whole_);
  answer_.whole = std::move(whole_);
  return std::move(answer_);
}

}  // namespace

BatchAnswer decode_batch_answer(std::string_view body, const AnswerInterest& interest) {
  return Decoder(body, interest).decode();
}

}  // namespace payferry
