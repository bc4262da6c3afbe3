#include "config/max_errors.hpp"

#include <charconv>

#include "config/secret_text.hpp"

namespace payferry {

namespace {

constexpr std::uint64_t kFirstJudgedRecord = 100;
constexpr std::uint64_t kMaxCount = 1ULL << 53U;

template <typename Number>
bool reads_as(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

tl::expected<MaxErrors, std::string> MaxErrors::parse(std::string_view text) {
  double share = 0;
  std::uint64_t count = 0;
  if (text.ends_with('%')) {
    const bool valid =
        reads_as(text.substr(0, text.size() - 1), share) && share >= 0 && share <= 100;
    if (valid) return percent(share);
  } else if (reads_as(text, count) && count <= kMaxCount) {
    return records(count);
  }
  return tl::unexpected("must be a number of records such as 100, or a share such as 2%, not " +
                        shown_text(text));
}

bool MaxErrors::reached(std::uint64_t refused, std::uint64_t final) const {
  if (refused == 0) return false;
  if (!is_percent_) return static_cast<double>(refused) >= limit_;
  return final >= kFirstJudgedRecord &&
         static_cast<double>(refused) * 100 >= limit_ * static_cast<double>(final);
}

}  // namespace payferry
