#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace payferry {

/// True for the digits of a payment card's number: an issuer's prefix, that issuer's length, a
/// right Luhn digit.
bool is_card_number(std::string_view digits);

/// True where the text holds a card number, its digits solid or in groups with one blank or dash
/// between, of whatever width, or a dot between groups as they are printed ("4111 1111 1111 1111",
/// also right before an expiry date). A part of a longer solid run of digits is none: an id of 20
/// digits holds no card number, whatever its parts look like.
bool holds_card_number(std::string_view text);

/// The text with all but the last four digits of each card number as "*"; separators stay. For
/// logs and messages; the text may be a whole line of CSV or JSON.
std::string mask_card_numbers(std::string_view text);

/// The text with a mark in place of each card number, which tells its last four digits and cannot
/// be mistaken for a value of the source, where "**** 1111" may well stand. For what is to be
/// mended and loaded again.
std::string mark_card_numbers(std::string_view text);

inline constexpr std::size_t kCardMarkBytes = 47;

/// True where such a mark stands in the text still; a shorter one than kCardMarkBytes holds none.
bool holds_card_mark(std::string_view text);

}  // namespace payferry
