#include "bench/simulator/core/ledger.hpp"

#include "model/json_text.hpp"

namespace payferry::simulator {

namespace {

void append_properties(std::string& out, const LedgerEntry& entry) {
  out += '{';
  bool first = true;
  for (const PropertyValue& value : entry.properties.unpack()) {
    if (!first) out += ',';
    first = false;
    append_json_string(out, entry.object->at(value.property).name);
    out += ':';
    append_json_string(out, value.value);
  }
  out += '}';
}

void append_line(std::string& out, std::size_t sequence, const LedgerEntry& entry) {
  out += "{\"sequence\":" + std::to_string(sequence) + ",\"at\":\"";
  append_iso8601(out, entry.at);
  out += "\",\"request\":" + std::to_string(entry.request) + ",\"action\":\"";
  out += name_of(entry.action);
  out += "\",\"object\":\"" + entry.object->name() + "\",\"id\":\"" + std::to_string(entry.id) +
         "\",\"key\":";
  append_json_string(out, entry.key);
  out += ",\"properties\":";
  append_properties(out, entry);
  out += "}\n";
}

}  // namespace

void Ledger::append_ndjson(std::string& out, std::size_t first) const {
  for (std::size_t i = first; i < entries_.size(); ++i) append_line(out, i + 1, entries_[i]);
}

std::string_view name_of(LedgerAction action) {
  switch (action) {
    case LedgerAction::created:
      return "created";
    case LedgerAction::updated:
      return "updated";
    case LedgerAction::archived:
      return "archived";
    case LedgerAction::associated:
      return "associated";
  }
  return {};
}

}  // namespace payferry::simulator
