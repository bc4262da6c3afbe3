#include "bench/simulator/core/account.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "bench/simulator/core/standard_object_types.hpp"

namespace payferry::simulator {

namespace {

// Ids have 11 to 13 digits (contract §10) and each object type's start elsewhere.
std::uint64_t first_id(Random& random) {
  return 100'000'000'000U + random.below(800'000'000U) * 1000U;
}

std::uint64_t record_id(const ContactOption& contact, RecordStore& records, Random& random) {
  if (contact.id.empty()) return records.take_id(random);
  std::uint64_t id = 0;
  const char* const end = contact.id.data() + contact.id.size();
  const auto result = std::from_chars(contact.id.data(), end, id);
  if (result.ec != std::errc() || result.ptr != end || records.find(id) != nullptr) {
    throw std::runtime_error("contact id \"" + contact.id +
                             "\" is no number of its own; give each contact another one");
  }
  return id;
}

}  // namespace

Account::Account(const AccountOptions& options, Random& random)
    : options_(options), clock_(options.time_zone) {
  for (auto& type : standard_object_types(options)) {
    objects_.push_back(std::make_unique<ObjectData>(std::move(type), first_id(random)));
  }
  add_contacts(random);
}

ObjectData* Account::find(std::string_view object_type) const {
  const auto found = std::find_if(objects_.begin(), objects_.end(), [&](const auto& object) {
    const ObjectType& type = *object->type;
    return type.name() == object_type || type.type_id() == object_type ||
           type.error_name() == object_type;
  });
  return found == objects_.end() ? nullptr : found->get();
}

void Account::add_contacts(Random& random) {
  ObjectData& contacts = *find("contacts");
  const PropertyIndex email = *contacts.type->find("email");
  for (const ContactOption& contact : options_.contacts) {
    const std::uint64_t id = record_id(contact, contacts.records, random);
    const PropertyValue value{email, contact.email};
    contacts.records.create(id, {&value, 1}, Instant{}, 0, true);
  }
}

}  // namespace payferry::simulator
