#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/mapping_rules.hpp"

namespace payferry {

/// A whole percentage or nothing; of daily_reserve.
struct Percent {
  double value = 0;
};

struct OAuthSettings {
  std::string client_id_env;
  std::string client_secret_env;
  std::string refresh_token_env;
};

enum class OnExisting { keep, reject };

/// [hubspot]: whom to talk to and as whom.
struct HubSpotSettings {
  std::string base_url = "https://api.hubapi.com";
  std::string object = "commerce_payments";
  std::string api_version = "v3";
  std::optional<std::string>
      token_env;  ///< name of an environment variable; HUBSPOT_TOKEN by default
  std::optional<std::string> token_file;  ///< instead of token_env
  std::optional<OAuthSettings> oauth;
  std::optional<std::string> ca_file;
  std::optional<std::string> proxy;
  std::optional<std::string> client_certificate_file;
  std::optional<std::string> client_key_file;
  bool allow_http = false;  ///< http on a loopback address only
  OnExisting on_existing = OnExisting::keep;
};

enum class InputFormat { automatic, csv, ndjson };
enum class InputCompression { automatic, none, gzip, zstd };
enum class InputEncoding { utf8, latin1, windows1252 };

/// [input]
struct InputSettings {
  InputFormat format = InputFormat::automatic;
  InputCompression compression = InputCompression::automatic;
  char delimiter = ',';
  InputEncoding encoding = InputEncoding::utf8;
  std::size_t max_record_bytes = 1024 * 1024;  ///< a longer record is invalid
};

/// More would eat sockets and win nothing: HubSpot's limits need some thirty.
inline constexpr std::uint32_t kMostConnections = 256;

/// [limits]
struct LimitSettings {
  std::optional<std::uint32_t> requests =
      190;  ///< in each window; nothing: what HubSpot's headers say
  std::chrono::milliseconds window = std::chrono::seconds(10);
  double daily_reserve_percent = 10;
  std::optional<std::uint32_t>
      connections;  ///< most requests in flight, to 256; nothing: found while running
  std::size_t batch_records = 100;
  std::size_t batch_bytes = 1024 * 1024;
};

/// [retry]
struct RetrySettings {
  std::uint32_t attempts = 8;
  std::chrono::milliseconds base{500};
  std::chrono::milliseconds cap = std::chrono::seconds(60);
  std::chrono::milliseconds request_timeout = std::chrono::seconds(110);
  std::optional<std::chrono::milliseconds> settle_after;  ///< nothing: auto
  std::chrono::milliseconds connect_timeout = std::chrono::seconds(10);
};

enum class Durability { commit, relaxed };

/// [results]
struct ResultSettings {
  Durability durability = Durability::commit;
};

/// A config file with its --set overrides, checked. Immutable from then on.
struct Settings {
  HubSpotSettings hubspot;
  InputSettings input;
  MappingRules mapping;  ///< [properties], [[associations]], id_property, run_property, write
  LimitSettings limits;
  RetrySettings retry;
  ResultSettings results;
};

}  // namespace payferry
