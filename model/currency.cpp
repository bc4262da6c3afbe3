#include "model/currency.hpp"

#include <cstddef>
#include <cstdint>

namespace payferry {

namespace {

// ISO 4217, list one: the codes in use, by the decimals of their minor unit. With them those that
// were withdrawn since 2010: payments of the past were made in them. Metals, bonds and XXX have no
// minor unit and are left out.
constexpr std::string_view kNoDecimals =
    "BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
constexpr std::string_view kTwoDecimals =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN "
    "BZD CAD CDF "
    "CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EEK EGP ERN ETB EUR FJD FKP GBP GEL "
    "GHS GIP GMD "
    "GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL "
    "LTL LVL MAD "
    "MDL MGA MKD MMK MNT MOP MRO MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN "
    "PGK PHP PKR "
    "PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STD STN SVC SYP SZL THB "
    "TJS TMT TOP "
    "TRY TTD TWD TZS UAH USD USN UYU UZS VED VEF VES WST XAD XCD XCG YER ZAR ZMK ZMW ZWG ZWL";
constexpr std::string_view kThreeDecimals = "BHD IQD JOD KWD LYD OMR TND";
constexpr std::string_view kFourDecimals = "CLF UYW";

constexpr std::size_t kLetters = 26;
constexpr std::int8_t kNotListed = -1;
using Exponents = std::array<std::int8_t, kLetters * kLetters * kLetters>;

constexpr std::size_t letter_index(char letter) {
  return static_cast<std::size_t>(letter - 'A');
}

constexpr std::size_t code_index(std::string_view code) {
  return (letter_index(code[0]) * kLetters + letter_index(code[1])) * kLetters +
         letter_index(code[2]);
}

constexpr void list(Exponents& exponents, std::string_view codes, std::int8_t exponent) {
  for (std::size_t at = 0; at < codes.size(); at += 4) {
    exponents[code_index(codes.substr(at, 3))] = exponent;
  }
}

constexpr Exponents make_exponents() {
  Exponents exponents{};
  exponents.fill(kNotListed);
  list(exponents, kNoDecimals, 0);
  list(exponents, kTwoDecimals, 2);
  list(exponents, kThreeDecimals, 3);
  list(exponents, kFourDecimals, 4);
  return exponents;
}

constexpr Exponents kExponents = make_exponents();

constexpr bool is_lower(char character) {
  return character >= 'a' && character <= 'z';
}
constexpr bool is_upper(char character) {
  return character >= 'A' && character <= 'Z';
}

}  // namespace

std::optional<Currency> Currency::parse(std::string_view text) {
  Currency currency;
  if (text.size() != kCodeLetters) return std::nullopt;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char letter = is_lower(text[at]) ? static_cast<char>(text[at] - 'a' + 'A') : text[at];
    if (!is_upper(letter)) return std::nullopt;
    currency.code_[at] = letter;
  }
  return currency;
}

std::optional<unsigned> Currency::exponent() const {
  const std::int8_t exponent = kExponents[code_index(code())];
  if (exponent == kNotListed) return std::nullopt;
  return static_cast<unsigned>(exponent);
}

}  // namespace payferry
