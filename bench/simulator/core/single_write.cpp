#include "bench/simulator/core/single_write.hpp"

#include <boost/json.hpp>

namespace payferry::simulator {

namespace {

namespace json = boost::json;

/// The body as a batch of one; without a trace id, so that a refusal is one of the whole request.
std::string as_batch(json::object input, const Route& route) {
  input.erase("objectWriteTraceId");
  if (route.operation == Operation::update_one) {
    input["id"] = percent_decoded(route.id);
    if (const auto id_property = route.parameter("idProperty")) input["idProperty"] = *id_property;
  }
  return json::serialize(json::object{{"inputs", json::array{std::move(input)}}});
}

}  // namespace

Response write_one(CallContext& context, ObjectData& object, const Route& route,
                   std::string_view body) {
  json::error_code error;
  const json::value input = json::parse({body.data(), body.size()}, error);
  if (error || !input.is_object()) {
    return context.refuse(invalid_json(body, 0, "Could not read the request body."));
  }
  const std::string batch = as_batch(input.get_object(), route);
  const WriteKind kind =
      route.operation == Operation::create_one ? WriteKind::create : WriteKind::update;
  Response response = write_batch(context, object, kind, BatchRequest(batch));
  if (response.status >= 300) return response;
  response.body = json::serialize(json::parse(response.body).at("results").at(0));
  return response;
}

Response archive_one(CallContext& context, ObjectData& object, const Route& route) {
  const std::string batch =
      json::serialize(json::object{{"inputs", {{{"id", percent_decoded(route.id)}}}}});
  return archive_batch(context, object, BatchRequest(batch));
}

}  // namespace payferry::simulator
