#pragma once

#include <optional>
#include <string>

#include "model/batch_answer.hpp"
#include "model/failure.hpp"

namespace payferry {

/// Failures that end the run, since nothing that it sends can succeed: each with one sentence of
/// what is wrong, in HubSpot's own words where it gave any, and one of the remedy.

Failure stop(StopKind kind, std::string text);

/// 401: malformed, wrong or expired token. For an expired one the reaction is refresh (contract
/// §3.6).
Failure stop_for_token(const AnsweredError& error);
/// 403: missing scopes, another lack of permission, or a gateway that forbids the call.
Failure stop_for_permission(const AnsweredError& error);
/// 3xx, which is never followed.
Failure stop_for_redirect(int status);
/// 404 and its kin.
Failure stop_for_endpoint(int status, const AnsweredError& error);
/// A refusal for something about the run that every record would meet again; nothing where it is
/// another.
std::optional<Failure> stop_for_run(const AnsweredError& error);

}  // namespace payferry
