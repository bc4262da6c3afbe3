#pragma once

#include <string_view>

/// Bodies that HubSpot documents or that were recorded from it; the contract's section is named
/// with each.
namespace payferry::recorded {

/// §1.4
inline constexpr std::string_view kCreated = R"({
  "status": "COMPLETE",
  "results": [
    {
      "id": "383552769679",
      "properties": { "hs_initial_amount": "49.99", "hs_object_id": "383552769679", "…": "…" },
      "createdAt": "2025-06-10T21:39:48.394Z",
      "updatedAt": "2025-06-10T21:39:48.394Z",
      "archived": false,
      "url": "https://app.hubspot.com/contacts/<portalId>/record/0-101/383552769679"
    }
  ],
  "startedAt": "2025-06-10T21:39:48.100Z",
  "completedAt": "2025-06-10T21:39:48.394Z"
})";

/// §1.6
inline constexpr std::string_view kNotFound =
    R"({ "status": "COMPLETE", "results": [], "numErrors": 1,
  "errors": [ { "status": "error", "category": "OBJECT_NOT_FOUND",
     "message": "Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.",
     "context": { "ids": ["meows@loudly.lol"] } } ],
  "startedAt": "2024-04-24T19:21:09.694Z", "completedAt": "2024-04-24T19:21:09.747Z" })";

/// §2.2: HubSpot's documented 207, whose error has its code in the message's JSON alone
inline constexpr std::string_view kDocumentedMultiStatus = R"json({ "status": "COMPLETE",
  "results": [ { "id": "1145814089", "properties": { "hs_pipeline_stage": "1", "…": "…" },
                 "createdAt": "2024-08-15T17:09:13.648Z", "updatedAt": "2024-08-15T17:09:13.648Z", "archived": false } ],
  "numErrors": 1,
  "errors": [ { "status": "error", "category": "VALIDATION_ERROR",
      "message": "Property values were not valid: [{\"isValid\":false,\"message\":\"Property \\\"missing\\\" does not exist\",\"error\":\"PROPERTY_DOESNT_EXIST\",\"name\":\"missing\",\"localizedErrorMessage\":\"Property \\\"missing\\\" does not exist\",\"portalId\":891936587}]",
      "context": { "objectWriteTraceId": ["549b1c2a9351"] } } ],
  "startedAt": "2024-08-15T17:09:13.610Z", "completedAt": "2024-08-15T17:09:13.910Z" })json";

/// §2.2: a contact that already exists
inline constexpr std::string_view kConflictMultiStatus =
    R"({ "status": "COMPLETE", "results": [ { "id": "171596044870", "properties": { "email": "siena.dyer@hubspot.com" }, "createdAt": "…", "updatedAt": "…", "archived": false, "url": "…" } ],
  "errors": [ { "status": "error", "category": "CONFLICT", "message": "Contact already exists. Existing ID: 171591000198",
                "context": { "objectWriteTraceId": ["0"], "existingId": ["171591000198"] } } ],
  "numErrors": 1, "startedAt": "2025-11-04T20:29:54.816Z", "completedAt": "2025-11-04T20:29:54.897Z" })";

/// §2.4
inline constexpr std::string_view kDuplicateIds =
    R"({"status":"error","message":"Duplicate IDs found in batch input: [PAY-7]. IDs must be unique","correlationId":"8a3f6c3a-8296-4002-b0a6-2a06fecf7c0c","context":{"ids":["PAY-7"]},"category":"VALIDATION_ERROR"})";

/// §3.2
inline constexpr std::string_view kPropertyDoesNotExist = R"json({ "status": "error",
  "message": "Property values were not valid: [{\"isValid\":false,\"message\":\"Property \\\"testproperty\\\" does not exist\",\"error\":\"PROPERTY_DOESNT_EXIST\",\"name\":\"testproperty\",\"localizedErrorMessage\":\"Property \\\"testproperty\\\" does not exist\",\"portalId\":123}]",
  "correlationId": "8a3f6c3a-8296-4002-b0a6-2a06fecf7c0c",
  "errors": [ { "message": "Property \"testproperty\" does not exist", "code": "PROPERTY_DOESNT_EXIST", "context": { "propertyName": ["testproperty"] } } ],
  "category": "VALIDATION_ERROR" })json";

/// §3.3
inline constexpr std::string_view kRequiredMissing =
    R"({"status":"error","message":"Error creating COMMERCE_PAYMENT. Some required properties were not set.","correlationId":"8a3f6c3a-8296-4002-b0a6-2a06fecf7c0c","context":{"properties":["hs_initiated_date"]},"category":"VALIDATION_ERROR"})";
inline constexpr std::string_view kTooManyInputs =
    R"({"status":"error","message":"The maximum number of inputs supported in a batch is 100. Please reduce the number of items and try again","correlationId":"8a3f6c3a-8296-4002-b0a6-2a06fecf7c0c","category":"VALIDATION_ERROR"})";
inline constexpr std::string_view kUnknownObjectType =
    R"({"status":"error","message":"Unable to infer object type from: butterflies","correlationId":"8a3f6c3a-8296-4002-b0a6-2a06fecf7c0c"})";
inline constexpr std::string_view kInvalidJson =
    R"({"status":"error","message":"Invalid input JSON on line 1, column 2. Some required fields were not set: [inputs]","correlationId":"8a3f6c3a-8296-4002-b0a6-2a06fecf7c0c"})";

/// §3.4
inline constexpr std::string_view kUniqueValueTaken = R"({ "status": "error",
  "message": "Cannot set PropertyValueCoordinates{portalId=44956899, objectTypeId=ObjectTypeId{legacyObjectType=CONTACT}, propertyName=email, value=x@y.com} on 552148386511. 552239500007 already has that value.",
  "correlationId": "01a0a0eb-ea7a-7303-a6e2-a774cf30316a", "category": "VALIDATION_ERROR" })";
inline constexpr std::string_view kNonUniqueIdProperty =
    R"({"status":"error","message":"Unable to perform update/upsert by non-unique 0-2 property hs_object_id in portal ID 21939747","correlationId":"8a3f6c3a-8296-4002-b0a6-2a06fecf7c0c","category":"VALIDATION_ERROR"})";
inline constexpr std::string_view kContactExists =
    R"({"status":"error","message":"Contact already exists. Existing ID: 171591000198","correlationId":"8a3f6c3a-8296-4002-b0a6-2a06fecf7c0c","category":"CONFLICT"})";

/// §3.5
inline constexpr std::string_view kDailyLimit =
    R"({ "status": "error", "message": "You have reached your daily limit.", "errorType": "RATE_LIMIT",
  "correlationId": "c033cdaa-2c40-4a64-ae48-b4cec88dad24", "policyName": "DAILY", "requestId": "3d3e35b7-0dae-4b9f-a6e3-9c230cbcf8dd" })";
inline constexpr std::string_view kBurstLimit =
    R"({ "status": "error", "message": "You have reached your ten_secondly_rolling limit.", "errorType": "RATE_LIMIT",
  "correlationId": "20f98dfa-05b6-4d27-8d96-ecfde54ca211", "policyName": "TEN_SECONDLY_ROLLING",
  "groupName": "publicapi:private_app-api-calls-ten-secondly:1512050:26892217" })";
inline constexpr std::string_view kSecondlyLimit =
    R"({"status":"error","message":"You have reached your secondly limit.","errorType":"RATE_LIMIT","policyName":"SECONDLY","requestId":"3d3e35b7"})";

/// §3.6
inline constexpr std::string_view kExpiredToken =
    R"({ "status": "error", "message": "The OAuth token used to make this call expired 75 second(s) ago.",
  "correlationId": "…", "category": "EXPIRED_AUTHENTICATION", "context": { "expire time": ["2022-06-21T10:37:52.040Z"] } })";
inline constexpr std::string_view kMalformedToken =
    R"({"status":"error","message":"The OAuth token used to make this call expired 20336 day(s) ago.","correlationId":"…","category":"EXPIRED_AUTHENTICATION","context":{"expire time":["1970-01-01T00:00:00Z"]}})";
inline constexpr std::string_view kUnknownToken =
    R"({"status":"error","message":"Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview","correlationId":"…","category":"INVALID_AUTHENTICATION"})";
inline constexpr std::string_view kMissingScopes =
    R"({ "status": "error", "message": "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
  "correlationId": "dc49c0a8-9952-4937-aad4-e322b1e5cee0",
  "errors": [ { "message": "One or more of the following scopes are required.",
                "context": { "requiredGranularScopes": ["crm.objects.deals.read", "…"] } } ],
  "links": { "scopes": "https://developers.hubspot.com/scopes" }, "category": "MISSING_SCOPES" })";

/// §9.3
inline constexpr std::string_view kInvalidGrant =
    R"({"error":"invalid_grant","error_description":"refresh token is invalid, expired or revoked","status":"BAD_REFRESH_TOKEN","message":"refresh token is invalid, expired or revoked"})";
inline constexpr std::string_view kBadHub =
    R"({"status":"BAD_HUB","message":"missing or unknown hub id","error":"access_denied"})";
inline constexpr std::string_view kInvalidClient =
    R"({"error":"invalid_client","status":"BAD_CLIENT_ID","message":"missing or invalid client id"})";

/// §3.1: what gateways send
inline constexpr std::string_view kGatewayPage =
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad "
    "Gateway</h1></center>\r\n</body>\r\n</html>\r\n";
inline constexpr std::string_view kCloudflare =
    R"({"type":"https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/error-1015/","title":"Error 1015: You are being rate limited","status":429,"detail":"You are being rate-limited by the website owner's configuration.","error_code":1015,"error_name":"rate_limited","error_category":"rate_limit","retryable":true,"retry_after":30})";

inline constexpr std::string_view kAll[] = {kCreated,
                                            kNotFound,
                                            kDocumentedMultiStatus,
                                            kConflictMultiStatus,
                                            kDuplicateIds,
                                            kPropertyDoesNotExist,
                                            kRequiredMissing,
                                            kTooManyInputs,
                                            kUnknownObjectType,
                                            kInvalidJson,
                                            kUniqueValueTaken,
                                            kNonUniqueIdProperty,
                                            kContactExists,
                                            kDailyLimit,
                                            kBurstLimit,
                                            kSecondlyLimit,
                                            kExpiredToken,
                                            kMalformedToken,
                                            kUnknownToken,
                                            kMissingScopes,
                                            kInvalidGrant,
                                            kBadHub,
                                            kInvalidClient,
                                            kCloudflare};

}  // namespace payferry::recorded
