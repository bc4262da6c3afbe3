#include <chrono>
#include <string_view>

#include "config/sections.hpp"
#include "model/letters.hpp"

namespace payferry {

namespace {

using std::chrono::milliseconds;

/// One byte that can part cells: not what quotes them, ends a line or stands in any text.
std::optional<char> as_delimiter(std::string_view text) {
  if (text == "\\t") return '\t';  // from a shell, where nobody has resolved the escape
  if (text.size() != 1) return std::nullopt;
  const char letter = text.front();
  const bool visible =
      letter >= 0x20 && letter < 0x7F && letter != '"' && !is_letter_or_digit(letter);
  if (!visible && letter != '\t') return std::nullopt;
  return letter;
}

ValueForm<char> delimiter() {
  return {"one ASCII character that is no letter or digit, such as \",\", \";\" or \"\\t\"",
          [](const ConfigValue& value) -> std::optional<char> {
            const std::optional<std::string> text = text_of(value);
            return text ? as_delimiter(*text) : std::nullopt;
          }};
}

}  // namespace

void read_input_section(TableReader table, InputSettings& input) {
  table.read("format", input.format,
             one_of<InputFormat>({{"auto", InputFormat::automatic},
                                  {"csv", InputFormat::csv},
                                  {"ndjson", InputFormat::ndjson}}));
  table.read("compression", input.compression,
             one_of<InputCompression>({{"auto", InputCompression::automatic},
                                       {"none", InputCompression::none},
                                       {"gzip", InputCompression::gzip},
                                       {"zstd", InputCompression::zstd}}));
  table.read("delimiter", input.delimiter, delimiter());
  table.read("encoding", input.encoding,
             one_of<InputEncoding>({{"utf-8", InputEncoding::utf8},
                                    {"latin1", InputEncoding::latin1},
                                    {"windows-1252", InputEncoding::windows1252}}));
  table.read("max_record_bytes", input.max_record_bytes, byte_size(1024, 64 * 1024 * 1024));
  table.finish();
}

void read_limits_section(TableReader table, LimitSettings& limits) {
  table.read("requests", limits.requests, auto_or(whole_number_of<std::uint32_t>(1, 100'000)));
  table.read("window", limits.window, duration_of_at_least(milliseconds(1)));
  table.read("daily_reserve", limits.daily_reserve_percent, percent());
  table.read("connections", limits.connections,
             auto_or(whole_number_of<std::uint32_t>(1, kMostConnections)));
  table.read("batch_records", limits.batch_records, whole_number_of<std::size_t>(1, 100));
  table.read("batch_bytes", limits.batch_bytes, byte_size(1024, 64 * 1024 * 1024));
  table.finish();
}

void read_retry_section(TableReader table, RetrySettings& retry) {
  const auto positive = duration_of_at_least(milliseconds(1));
  table.read("attempts", retry.attempts, whole_number_of<std::uint32_t>(1, 1000));
  table.read("base", retry.base, positive);
  table.read("cap", retry.cap, positive);
  table.read("request_timeout", retry.request_timeout, positive);
  table.read("settle_after", retry.settle_after, auto_or(duration_of_at_least(milliseconds(0))));
  table.read("connect_timeout", retry.connect_timeout, positive);
  if (retry.cap < retry.base) {
    table.refuse(table.has("cap") ? "cap" : "base",
                 "cap must not be shorter than base: it is the longest pause");
  }
  table.finish();
}

void read_results_section(TableReader table, ResultSettings& results) {
  table.read(
      "durability", results.durability,
      one_of<Durability>({{"commit", Durability::commit}, {"relaxed", Durability::relaxed}}));
  table.finish();
}

}  // namespace payferry
