#include "bench/simulator/core/standard_object_types.hpp"

#include <algorithm>
#include <initializer_list>
#include <stdexcept>

namespace payferry::simulator {

namespace {

using enum PropertyType;
using Names = std::initializer_list<const char*>;

void add_all(ObjectType& type, PropertyType value_type, Names names, bool read_only = false) {
  for (const char* name : names) {
    type.add({.name = name, .type = value_type, .read_only = read_only});
  }
}

void add_enumeration(ObjectType& type, const char* name, std::vector<std::string> options,
                     bool read_only = false) {
  type.add(
      {.name = name, .type = enumeration, .options = std::move(options), .read_only = read_only});
}

// Contract §5.2.
void add_writable_payment_properties(ObjectType& type, const AccountOptions& options) {
  type.add({.name = "hs_initial_amount", .type = number, .required = true});
  type.add({.name = "hs_initiated_date", .type = datetime, .required = true});
  add_enumeration(type, "hs_currency_code", options.currencies);
  add_enumeration(
      type, "hs_latest_status",
      {"processing", "succeeded", "failed", "partially_refunded", "refunded", "processing_refund",
       "disputed_won", "disputed_lost", "disputed_action_required", "disputed_awaiting_decision"});
  add_enumeration(
      type, "hs_payment_method_type",
      {"card", "ach", "cash", "check", "wire_transfer", "other", "sepa", "bacs", "pads"});
  add_enumeration(type, "hs_processor_type",
                  {"hs_payments", "byo_stripe", "none", "quickbooks", "xero"});
  add_all(type, number, {"hs_fees_amount", "hs_refunds_amount", "hs_line_item_discounts_amount"});
  add_all(type, datetime, {"hs_payout_date"});
  add_all(
      type, text,
      {"hs_customer_email", "hs_payment_method_bank_or_issuer", "hs_payment_method_last_4",
       "hs_reference_number", "hs_internal_comment", "hs_billing_address_city",
       "hs_billing_address_country", "hs_billing_address_line_1", "hs_billing_address_line_2",
       "hs_billing_address_state", "hs_billing_address_zip", "hs_shipping_address_city",
       "hs_shipping_address_country", "hs_shipping_address_line_1", "hs_shipping_address_line_2",
       "hs_shipping_address_state", "hs_shipping_address_zip", "hs_shipping_ship_to_name"});
  // Contract §5.5: one source only, but there is nothing better to be faithful to.
  type.add({.name = "hs_external_reference_id", .unique = true});
}

// Contract §5.3, first list.
void add_read_only_payment_properties(ObjectType& type, const AccountOptions& options) {
  add_enumeration(type, "hs_digital_wallet_type",
                  {"apple_pay", "google_pay", "amex_express_checkout", "link", "masterpass",
                   "samsung_pay", "visa_checkout"},
                  true);
  add_enumeration(type, "hs_payment_method", {"card", "ach"}, true);
  add_enumeration(type, "hs_payment_source_app",
                  {"SALES_CHECKOUT", "QUOTE", "INVOICE", "MIGRATION", "SUBSCRIPTION"}, true);
  add_enumeration(type, "hs_payment_type", {"one_time_or_initial", "recurring"}, true);
  add_enumeration(type, "hs_settlement_currency_code", options.currencies, true);
  add_all(type, text,
          {"hs_order_discount_code", "hs_payment_id", "hs_payment_source_id",
           "hs_payment_source_name", "hs_payment_source_url"},
          true);
  add_all(
      type, number,
      {"hs_fees_amount_in_settlement_currency", "hs_line_item_discounts_amount_in_portal_currency",
       "hs_max_refundable_amount_in_portal_currency", "hs_net_amount_in_settlement_currency",
       "hs_order_discount_amount", "hs_order_discount_percentage", "hs_platform_fee",
       "hs_platform_fee_in_portal_currency", "hs_platform_fee_in_settlement_currency",
       "hs_refunds_amount_in_portal_currency", "hs_total_discounts_amount"},
      true);
}

// Contract §5.3, second list.
void add_payment_properties_set_by_hubspot(ObjectType& type) {
  add_all(type, text, {"hs_payment_creation_method"}, true);
  add_all(type, boolean, {"hs_has_associated_invoice", "hs_hubspot_payments_enabled"}, true);
  add_all(
      type, number,
      {"hs_initial_amount_in_portal_currency", "hs_initial_amount_in_settlement_currency",
       "hs_net_amount", "hs_net_amount_after_refunds", "hs_net_amount_in_portal_currency",
       "hs_number_of_associated_invoices", "hs_presentment_to_portal_currency_dated_exchange_rate",
       "hs_total_discounts_amount_in_portal_currency"},
      true);
}

// What every record has, whatever its type.
void add_common_properties(ObjectType& type) {
  add_all(type, datetime, {"hs_createdate", "hs_lastmodifieddate"}, true);
  add_all(type, text,
          {"hs_object_id", "hs_object_source", "hs_object_source_id", "hs_object_source_label",
           "hs_object_source_user_id", "hs_created_by_user_id", "hs_updated_by_user_id"},
          true);
}

std::unique_ptr<ObjectType> payments(const AccountOptions& options) {
  auto type = std::make_unique<ObjectType>("commerce_payments", "0-101", "COMMERCE_PAYMENT",
                                           "commercepayments");
  add_writable_payment_properties(*type, options);
  add_read_only_payment_properties(*type, options);
  add_payment_properties_set_by_hubspot(*type);
  add_common_properties(*type);
  return type;
}

std::unique_ptr<ObjectType> contacts() {
  auto type = std::make_unique<ObjectType>("contacts", "0-1", "CONTACT", "contacts");
  type->add({.name = "email", .type = email, .unique = true});
  add_all(*type, text, {"firstname", "lastname", "phone", "company", "city", "country"});
  add_all(*type, datetime, {"createdate", "lastmodifieddate"}, true);
  add_common_properties(*type);
  return type;
}

std::unique_ptr<ObjectType> companies() {
  auto type = std::make_unique<ObjectType>("companies", "0-2", "COMPANY", "companies");
  add_all(*type, text, {"name", "domain", "city", "country"});
  add_common_properties(*type);
  return type;
}

std::unique_ptr<ObjectType> deals() {
  auto type = std::make_unique<ObjectType>("deals", "0-3", "DEAL", "deals");
  type->add({.name = "dealname", .required = true});
  add_all(*type, number, {"amount"});
  add_all(*type, date, {"closedate"});
  add_all(*type, text, {"pipeline", "dealstage"});
  add_common_properties(*type);
  return type;
}

std::unique_ptr<ObjectType> named_only(const char* name, const char* type_id,
                                       const char* error_name, const char* scope) {
  auto type = std::make_unique<ObjectType>(name, type_id, error_name, scope);
  add_all(*type, text, {"name"});
  add_common_properties(*type);
  return type;
}

void add_custom(ObjectType& type, const CustomProperty& property) {
  if (type.find(property.name)) {
    throw std::runtime_error("property " + property.name + " of " + type.name() +
                             " exists already; choose another name");
  }
  type.add({.name = property.name, .unique = property.unique, .hubspot_defined = false});
}

}  // namespace

std::vector<std::unique_ptr<ObjectType>> standard_object_types(const AccountOptions& options) {
  std::vector<std::unique_ptr<ObjectType>> types;
  types.push_back(payments(options));
  types.push_back(contacts());
  types.push_back(companies());
  types.push_back(deals());
  types.push_back(named_only("invoices", "0-53", "INVOICE", "invoices"));
  types.push_back(named_only("orders", "0-123", "ORDER", "orders"));
  types.push_back(named_only("subscriptions", "0-69", "SUBSCRIPTION", "subscriptions"));
  types.push_back(named_only("tickets", "0-5", "TICKET", "tickets"));
  for (const CustomProperty& property : options.properties) {
    const auto type = std::find_if(types.begin(), types.end(),
                                   [&](const auto& one) { return one->name() == property.object; });
    if (type == types.end()) {
      throw std::runtime_error("there is no object type " + property.object + " for property " +
                               property.name);
    }
    add_custom(**type, property);
  }
  return types;
}

}  // namespace payferry::simulator
