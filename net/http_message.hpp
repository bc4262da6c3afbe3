#pragma once

#include <string>
#include <string_view>

namespace payferry {

/// A request as the transport takes it. Has a constructor, so that it may stand beside an await.
struct HttpRequest {
  HttpRequest(std::string_view the_method, std::string the_target, std::string_view the_body)
      : method(the_method), target(std::move(the_target)), body(the_body) {}

  std::string_view method;  ///< "GET", "POST", …
  std::string target;       ///< path and query
  std::string_view body;    ///< must outlive the exchange
  std::string_view content_type = "application/json";
  std::string authorization;  ///< whole value of the header; never logged
};

}  // namespace payferry
