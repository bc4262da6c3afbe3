#include "bench/simulator/core/call_context.hpp"

namespace payferry::simulator {

namespace {

std::string_view first_unique_value(const ObjectType& type, const Record& record) {
  for (const PropertyIndex property : type.unique_properties()) {
    const auto value = record.properties.find(property);
    if (value && !value->empty()) return *value;
  }
  return {};
}

void count(Statistics& statistics, LedgerAction action) {
  switch (action) {
    case LedgerAction::created:
      ++statistics.created;
      return;
    case LedgerAction::updated:
      ++statistics.updated;
      return;
    case LedgerAction::archived:
      ++statistics.archived;
      return;
    case LedgerAction::associated:
      ++statistics.associated;
      return;
  }
}

}  // namespace

void CallContext::note(LedgerAction action, const ObjectType& type, const Record& record) {
  count(statistics, action);
  if (!keep_ledger) return;
  ledger.add({.action = action,
              .at = now,
              .request = request,
              .object = &type,
              .id = record.id,
              .key = first_unique_value(type, record),
              .properties = record.properties});
}

void CallContext::note_association(const ObjectType& from, std::uint64_t from_id,
                                   std::string_view to_object, std::string_view to_id,
                                   std::uint32_t type_id) {
  ++statistics.associated;
  if (!keep_ledger) return;
  const std::string key =
      std::string(to_object) + ":" + std::string(to_id) + ":" + std::to_string(type_id);
  ledger.add({.action = LedgerAction::associated,
              .at = now,
              .request = request,
              .object = &from,
              .id = from_id,
              .key = ledger.keep(key),
              .properties = {}});
}

}  // namespace payferry::simulator
