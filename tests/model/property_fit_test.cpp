#include "model/property_fit.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

constexpr ValueType kAllTypes[] = {
    ValueType::string, ValueType::decimal, ValueType::minor_units, ValueType::datetime,
    ValueType::date,   ValueType::boolean, ValueType::enumeration, ValueType::email};

TEST(PropertyFit, ATextPropertyTakesEverythingAndAStringFitsEverywhere) {
  for (const ValueType type : kAllTypes) {
    EXPECT_EQ(fit_of(type, "string"), Fit::fits);
    EXPECT_EQ(fit_of(type, "phone_number"), Fit::fits);
  }
  for (const std::string_view property : {"number", "datetime", "date", "bool", "enumeration"}) {
    EXPECT_EQ(fit_of(ValueType::string, property), Fit::fits);
    EXPECT_EQ(fit_of(ValueType::email, property), Fit::unfit);
  }
}

TEST(PropertyFit, TheTypeThatIsProposedFits) {
  for (const std::string_view property :
       {"string", "number", "datetime", "date", "bool", "enumeration"}) {
    for (const ValueType type : kAllTypes) {
      if (name_of(type) == fitting_type(property)) {
        EXPECT_EQ(fit_of(type, property), Fit::fits) << property;
      }
    }
  }
}

TEST(PropertyFit, AnEnumerationWithoutOptionsTakesWhatItIsGiven) {
  PropertyDefinition property;
  property.type = "enumeration";
  EXPECT_TRUE(takes(property, "anything"));
  property.options = {{"a", "A"}};
  EXPECT_FALSE(takes(property, "A"));
  EXPECT_TRUE(takes(property, "a"));
}

TEST(PropertyFit, ALongListOfOptionsIsCutShort) {
  PropertyDefinition property;
  property.type = "enumeration";
  for (int i = 0; i < 1000; ++i) property.options.push_back({"option" + std::to_string(i), ""});
  EXPECT_LT(expected_of(property, "zzzzzzzzzzzzz").size(), 200U);
}

}  // namespace
}  // namespace payferry
