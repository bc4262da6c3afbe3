#include "config/column_names.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

TEST(NameScore, PrefersTheSurerName) {
  EXPECT_GT(name_score("hs_initial_amount", "Amount"),
            name_score("hs_initial_amount", "Net amount"));
  EXPECT_GT(name_score("hs_initial_amount", "Amount"),
            name_score("hs_initial_amount", "Amount (EUR)"));
  EXPECT_GT(name_score("hs_initial_amount", "Amount (EUR)"), 0U);
  EXPECT_GT(name_score("hs_initial_amount", "hs_initial_amount"),
            name_score("hs_initial_amount", "Amount"));
}

TEST(NameScore, TakesNoPartOfAWord) {
  EXPECT_EQ(name_score("hs_external_reference_id", "Paid"), 0U);
  EXPECT_EQ(name_score("hs_initiated_date", "Update"), 0U);
  EXPECT_EQ(name_score("hs_initial_amount", "Country"), 0U);
}

TEST(NameScore, KnowsFourLanguages) {
  for (const char* name : {"Payment date", "Zahlungsdatum", "Date de paiement", "Fecha de pago"}) {
    EXPECT_GT(name_score("hs_initiated_date", name), 0U) << name;
  }
}

TEST(KnownValue, TranslatesStatusAndMethodWords) {
  EXPECT_EQ(known_value("hs_latest_status", "Bezahlt"), "succeeded");
  EXPECT_EQ(known_value("hs_latest_status", "Payé"), "succeeded");
  EXPECT_EQ(known_value("hs_latest_status", "Partially refunded"), "partially_refunded");
  EXPECT_EQ(known_value("hs_payment_method_type", "Überweisung"), "wire_transfer");
  EXPECT_EQ(known_value("hs_latest_status", "weird"), "");
}

}  // namespace
}  // namespace payferry
