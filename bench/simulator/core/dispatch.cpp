#include "bench/simulator/core/dispatch.hpp"

#include "bench/simulator/core/account_endpoints.hpp"
#include "bench/simulator/core/associations.hpp"
#include "bench/simulator/core/batch_write.hpp"
#include "bench/simulator/core/property_endpoints.hpp"
#include "bench/simulator/core/record_reading.hpp"
#include "bench/simulator/core/search.hpp"
#include "bench/simulator/core/single_write.hpp"

namespace payferry::simulator {

namespace {

// Recorded with no category (contract §3.3).
Response unknown_object(const CallContext& context, std::string_view object_type) {
  ApiError error;
  error.category.clear();
  error.message = "Unable to infer object type from: " + percent_decoded(object_type);
  return context.refuse(error);
}

Response dispatch_batch(CallContext& context, Operation operation, ObjectData& object,
                        std::string_view body) {
  const BatchRequest request(body);
  switch (operation) {
    case Operation::batch_create:
      return write_batch(context, object, WriteKind::create, request);
    case Operation::batch_upsert:
      return write_batch(context, object, WriteKind::upsert, request);
    case Operation::batch_update:
      return write_batch(context, object, WriteKind::update, request);
    case Operation::batch_archive:
      return archive_batch(context, object, request);
    default:
      return read_batch(context, object, request);
  }
}

Response dispatch_associations(CallContext& context, const Route& route, ObjectData& object,
                               std::string_view body) {
  ObjectData* const to = context.account.find(route.to_object);
  if (to == nullptr) return unknown_object(context, route.to_object);
  switch (route.operation) {
    case Operation::association_labels:
      return list_labels(*object.type, *to->type);
    case Operation::associate_batch:
      return associate_batch(context, object, *to, false, body);
    case Operation::associate_batch_default:
      return associate_batch(context, object, *to, true, body);
    case Operation::associate_one:
      return associate_one(context, object, route.id, *to, route.to_id, asked_type(body));
    default:
      return associate_one(context, object, route.id, *to, route.to_id, 0);
  }
}

Response dispatch_object(CallContext& context, const Route& route, ObjectData& object,
                         std::string_view body) {
  switch (route.operation) {
    case Operation::batch_create:
    case Operation::batch_upsert:
    case Operation::batch_update:
    case Operation::batch_archive:
    case Operation::batch_read:
      return dispatch_batch(context, route.operation, object, body);
    case Operation::create_one:
    case Operation::update_one:
      return write_one(context, object, route, body);
    case Operation::archive_one:
      return archive_one(context, object, route);
    case Operation::read_one:
      return read_one(context, object, route);
    case Operation::list:
      return list_records(context, object, route);
    case Operation::search:
      return search_records(context, object, body);
    case Operation::property_list:
      return list_properties(*object.type);
    case Operation::property_read:
      return read_property(context, *object.type, route.id);
    case Operation::property_create:
      return create_property(context, *object.type, body);
    case Operation::property_batch_create:
      return create_properties(context, *object.type, body);
    case Operation::property_batch_read:
      return read_properties(context, *object.type, body);
    case Operation::property_groups:
      return list_property_groups(*object.type);
    default:
      return dispatch_associations(context, route, object, body);
  }
}

}  // namespace

Response dispatch(CallContext& context, const Route& route, ObjectData* object,
                  std::string_view body, const LimitOptions& limits, const RateLimits& used) {
  switch (route.operation) {
    case Operation::unknown:
    case Operation::oauth_token:
      return unknown_path();
    case Operation::account_details:
      return account_details(context);
    case Operation::daily_usage:
      return daily_usage(context, limits.requests_per_day, used.daily_used());
    case Operation::currency_codes:
      return currency_codes(context);
    case Operation::company_currency:
      return company_currency(context);
    case Operation::exchange_rates:
      return exchange_rates(context);
    default:
      return object == nullptr ? unknown_object(context, route.object)
                               : dispatch_object(context, route, *object, body);
  }
}

Response unknown_path() {
  return {
      404,
      "<html>\n<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html;charset=utf-8\"/>\n"
      "<title>Error 404 Not Found</title>\n</head>\n<body><h2>HTTP ERROR 404 Not "
      "Found</h2>\n</body>\n"
      "</html>\n",
      kHtml};
}

Response gateway_page(int status) {
  std::string_view title = "502 Bad Gateway";
  if (status == 504) title = "504 Gateway Time-out";
  if (status == 524) title = "api.hubapi.com | 524: A timeout occurred";
  const std::string text(title);
  return {status,
          "<html>\r\n<head><title>" + text + "</title></head>\r\n<body>\r\n<center><h1>" + text +
              "</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n",
          kHtml};
}

}  // namespace payferry::simulator
