#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <string_view>

#include "model/answer.hpp"
#include "net/send_listener.hpp"

namespace payferry {

/// The calls of HubSpot that payferry knows (contract §1.1).
enum class Endpoint {
  batch_create,
  batch_upsert,
  batch_read,
  batch_archive,
  properties,          ///< all property definitions of the object
  association_labels,  ///< of the object towards `to_object`
  associate_batch,     ///< v4, from the object to `to_object`
  account_details,
  daily_usage,
};

/// One call. Has a constructor, so that it may stand beside an await.
struct ApiCall {
  ApiCall(Endpoint where, std::string_view what) : endpoint(where), body(what) {}

  Endpoint endpoint;
  std::string_view body;  ///< JSON; must outlive the call; empty for GET
  std::string object;     ///< object type other than the configured one (batch_read of contacts);
                          ///< empty: the configured
  std::string to_object;  ///< of association_labels and associate_batch
};

/// HubSpot, as the loader sees the wire: paths, versions and authentication are its business, a
/// record's fate is not. Implemented by HubSpotClient over a Transport, and by models in tests.
/// Thread: the network's.
class HubSpotApi {
 public:
  virtual ~HubSpotApi() = default;

  /// Never throws for what the network or HubSpot does. `listener` is told when the first byte goes
  /// out.
  virtual boost::asio::awaitable<Answer> call(const ApiCall& call, SendListener& listener) = 0;
};

}  // namespace payferry
