#include "model/card_number.hpp"

#include <gtest/gtest.h>

#include <string>

namespace payferry {
namespace {

/// The digits with the Luhn digit that belongs behind them.
std::string with_luhn_digit(std::string digits) {
  for (char last = '0'; last <= '9'; ++last) {
    if (is_card_number(digits + last)) return digits + last;
  }
  return digits + "x";
}

TEST(CardNumber, IsKnownByItsIssuersPrefixAndLength) {
  for (const char* number :
       {"4111111111111111", "4222222222222", "5555555555554444", "5105105105105100",
        "2223003122003222", "378282246310005", "341111111111111", "6011111111111117",
        "6440000000000005", "6500000000000002", "3530111333300000", "30569309025904",
        "36700102000000", "38520000023237", "6200000000000005"}) {
    EXPECT_TRUE(is_card_number(number)) << number;
  }
}

TEST(CardNumber, OfEachIssuerMayHaveItsLengthsOnly) {
  struct Row {
    const char* prefix;
    std::string lengths;
  };
  for (const Row& row : {Row{"4", "13 16 19"},
                         Row{"51", "16"},
                         Row{"55", "16"},
                         Row{"2221", "16"},
                         Row{"2720", "16"},
                         Row{"34", "15"},
                         Row{"37", "15"},
                         Row{"6011", "16 17 18 19"},
                         Row{"644", "16 17 18 19"},
                         Row{"649", "16 17 18 19"},
                         Row{"65", "16 17 18 19"},
                         Row{"3528", "16 17 18 19"},
                         Row{"3589", "16 17 18 19"},
                         Row{"300", "14"},
                         Row{"305", "14"},
                         Row{"36", "14"},
                         Row{"38", "14"},
                         Row{"39", "14"},
                         Row{"62", "16 17 18 19"},
                         Row{"50", ""},
                         Row{"56", ""},
                         Row{"2220", ""},
                         Row{"2721", ""},
                         Row{"33", ""},
                         Row{"35270", ""},
                         Row{"3590", ""},
                         Row{"306", ""},
                         Row{"6012", ""},
                         Row{"643", ""},
                         Row{"63", ""},
                         Row{"1", ""},
                         Row{"9", ""}}) {
    std::string lengths;
    for (std::size_t length = 12; length <= 20; ++length) {
      std::string digits = row.prefix;
      digits.resize(length - 1, '7');
      if (with_luhn_digit(digits).back() != 'x')
        lengths += (lengths.empty() ? "" : " ") + std::to_string(length);
    }
    EXPECT_EQ(lengths, row.lengths) << row.prefix;
  }
}

TEST(CardNumber, HasARightLuhnDigit) {
  for (char last = '0'; last <= '9'; ++last) {
    EXPECT_EQ(is_card_number(std::string("411111111111111") + last), last == '1') << last;
  }
}

TEST(CardNumber, IsFoundInAText) {
  for (const char* text :
       {"4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111", "3782 822463 10005",
        "card 4111111111111111!", "paid by4111111111111111", "x 4111 1111-1111 1111 y",
        "4111111111111111 12/26", "4111 1111 1111 1111 12 26 123", "12-26 4111111111111111",
        "1 2 3 4111 1111 1111 1111", "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"}) {
    EXPECT_TRUE(holds_card_number(text)) << text;
  }
}

TEST(CardNumber, IsFoundWithTheSeparatorsOfDocumentsAndSpreadsheets) {
  for (const std::string separator :
       {" ", "-", "\xC2\xA0", "\xA0", "\x96", "\x97", "\xE2\x80\xAF", "\xE2\x80\x87",
        "\xE2\x80\x89", "\xE2\x80\x82", "\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x93", "."}) {
    const std::string number =
        "4111" + separator + "1111" + separator + "1111" + separator + "1111";
    EXPECT_TRUE(holds_card_number("Visa " + number + ".")) << number;
    EXPECT_EQ(mask_card_numbers(number),
              "****" + separator + "****" + separator + "****" + separator + "1111");
  }
  EXPECT_TRUE(holds_card_number("3782.822463.10005"));
}

TEST(CardNumber, IsNotMadeUpByDotsOfOtherThings) {
  for (const std::string text :
       {"4.111.111.111.111.111", "411111111111.1111", "4111111111.11 1111",
        "41.11.11.11 11.11.11.11", "4111.11 1111 1111.11", "4111.1111.1111.111",
        "4111..1111.1111.1111", "4111. 1111.1111.1111", "4111.111111111111",
        "DE41.1111.1111.1111.11"})
    EXPECT_FALSE(holds_card_number(text)) << text;
}

TEST(CardNumber, IsNotFoundWhereThereIsNone) {
  for (const char* text :
       {"", "411111111111", "4111111111111112", "4111  1111 1111 1111", "4111/1111/1111/1111",
        "2024-03-27 18:04:11", "536365, 84029, 22633, 22632", "+44 20 7946 0958",
        "DE89 3704 0044 0532 0130 00", "1234567890123456",
        "550e8400-e29b-41d4-a716-446655440000"}) {
    EXPECT_FALSE(holds_card_number(text)) << text;
  }
}

TEST(CardNumber, IsNoPartOfALongerSolidRunOfDigits) {
  EXPECT_FALSE(holds_card_number("94111111111111111"));
  EXPECT_FALSE(holds_card_number("41111111111111119"));
  EXPECT_FALSE(holds_card_number("00004111111111111111"));
  EXPECT_FALSE(holds_card_number("14111 1111 1111 1111"));
}

TEST(CardNumber, IsMaskedButForItsLastFourDigits) {
  EXPECT_EQ(mask_card_numbers("4111111111111111"), "************1111");
  EXPECT_EQ(mask_card_numbers("4111 1111 1111 1111"), "**** **** **** 1111");
  EXPECT_EQ(mask_card_numbers("3782-822463-10005"), "****-******-*0005");
  EXPECT_EQ(mask_card_numbers("no card 12345"), "no card 12345");
  EXPECT_EQ(mask_card_numbers(""), "");
}

TEST(CardNumber, IsMaskedInWholeLinesOfTheSource) {
  EXPECT_EQ(mask_card_numbers("A-1,10.00,\"Card 4111 1111 1111 1111, 12/26\",5555555555554444,9"),
            "A-1,10.00,\"Card **** **** **** 1111, 12/26\",************4444,9");
  EXPECT_EQ(mask_card_numbers(R"({"id":"A-1","pan":4111111111111111,"note":"3782 822463 10005"})"),
            R"({"id":"A-1","pan":************1111,"note":"**** ****** *0005"})");
}

TEST(CardNumber, IsMaskedOnceForEach) {
  EXPECT_EQ(mask_card_numbers("4111111111111111 5555555555554444"),
            "************1111 ************4444");
}

TEST(CardNumber, IsMarkedSoThatTheMarkCanBeTold) {
  const std::string marked = mark_card_numbers("Visa 4111 1111 1111 1111 12/26, 5555555555554444");
  EXPECT_EQ(marked,
            "Visa [card number ending in 1111 masked by payferry] 12/26, "
            "[card number ending in 4444 masked by payferry]");
  EXPECT_FALSE(holds_card_number(marked));
  EXPECT_TRUE(holds_card_mark(marked));
  EXPECT_EQ(mark_card_numbers("no number 1111"), "no number 1111");
}

TEST(CardNumber, IsNotTakenForMarkedWhereSomebodyElseMaskedIt) {
  for (const char* text : {"", "**** **** **** 1111", "************1111 of the card on file",
                           "a card number that was masked by payferry"})
    EXPECT_FALSE(holds_card_mark(text)) << text;
}

TEST(CardNumber, IsSoughtInLongTextsWithoutMuchWork) {
  std::string digits_and_blanks;
  for (int i = 0; i < 100'000; ++i) digits_and_blanks += "1 ";
  EXPECT_FALSE(holds_card_number(digits_and_blanks));
  EXPECT_FALSE(holds_card_number(std::string(200'000, '4')));
}

}  // namespace
}  // namespace payferry
