#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mutation/mutator/choice.hpp"
#include "mutation/mutator/mutations.hpp"

namespace payferry::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

/// What the source becomes by each of its mutations.
std::vector<std::string> mutated(std::string_view source) {
  std::vector<std::string> results;
  for (const Mutation& mutation : mutations_of(source))
    results.push_back(mutation.applied_to(source));
  return results;
}

TEST(Mutator, MovesTheBoundOfAComparisonAndNegatesItsCondition) {
  EXPECT_THAT(mutated("if (a < b) x;"), UnorderedElementsAre("if (a <= b) x;", "if (!(a < b)) x;"));
  EXPECT_THAT(mutated("while (a >= b) x;"),
              UnorderedElementsAre("while (a > b) x;", "while (!(a >= b)) x;"));
  EXPECT_THAT(mutated("bool y = a == b;"), ElementsAre("bool y = a != b;"));
}

TEST(Mutator, SwapsAndWithOr) {
  EXPECT_THAT(mutated("bool y = a && b || c;"),
              ElementsAre("bool y = a || b || c;", "bool y = a && b && c;"));
}

TEST(Mutator, ChangesArithmeticStepsAndExtremes) {
  EXPECT_THAT(mutated("int y = a + b - c * d / e;"),
              ElementsAre("int y = a - b - c * d / e;", "int y = a + b + c * d / e;",
                          "int y = a + b - c / d / e;", "int y = a + b - c * d * e;"));
  EXPECT_THAT(mutated("a += b;"), UnorderedElementsAre("a -= b;", ";"));
  EXPECT_THAT(mutated("++a;"), UnorderedElementsAre("--a;", ";"));
  EXPECT_THAT(mutated("int y = std::min(a, b);"), ElementsAre("int y = std::max(a, b);"));
}

TEST(Mutator, ChangesSmallNumbersByOneAndLargeOnesByHalf) {
  EXPECT_THAT(mutated("int y = 0;"), ElementsAre("int y = 1;"));
  EXPECT_THAT(mutated("auto y = 9us;"), ElementsAre("auto y = 10us;", "auto y = 8us;"));
  EXPECT_THAT(mutated("int y = 20'000;"), ElementsAre("int y = 40000;", "int y = 10000;"));
  EXPECT_THAT(mutated("double y = 1.25;"), ElementsAre("double y = 2.25;", "double y = 0.25;"));
  EXPECT_THAT(mutated("int x2 = y0x1 + 0xFF;"), ElementsAre("int x2 = y0x1 - 0xFF;"));
  EXPECT_THAT(mutated("bool y{true};"), ElementsAre("bool y{false};"));
}

TEST(Mutator, ReturnsSomethingElse) {
  EXPECT_THAT(mutated("return a;"), ElementsAre("return {};"));
  EXPECT_THAT(mutated("return a != b;"),
              UnorderedElementsAre("return a == b;", "return !(a != b);", "return {};"));
  EXPECT_THAT(mutated("return std::nullopt;"), IsEmpty());
}

TEST(Mutator, DropsStatementsButNoDeclarations) {
  EXPECT_THAT(mutated("{ call(a, b); }"), ElementsAre("{ ; }"));
  EXPECT_THAT(mutated("{ a.b = c; }"), ElementsAre("{ ; }"));
  EXPECT_THAT(mutated("{ co_await a.b(c); }"), ElementsAre("{ ; }"));
  EXPECT_THAT(mutated("for (T a : b) break;"), ElementsAre("for (T a : b) ;"));
  EXPECT_THAT(mutated("if (a)\n  b();\nelse\n  c();"),
              UnorderedElementsAre("if (!(a))\n  b();\nelse\n  c();", "if (a)\n  ;\nelse\n  c();",
                                   "if (a)\n  b();\nelse\n  ;"));
  EXPECT_THAT(mutated("{ T a(b); const T c = d(); std::vector<T> e; T& f = g; return; }"),
              ElementsAre("{ T a(b); const T c = d(); std::vector<T> e; T& f = g; ; }"));
}

TEST(Mutator, NegatesOnlyTheConditionAfterAnInitialiser) {
  EXPECT_THAT(mutated("if (T a = b(); a.c)\n  d();"), Contains("if (T a = b(); !(a.c))\n  d();"));
  EXPECT_THAT(mutated("if constexpr (a) b();"), Not(Contains("if constexpr (!(a)) b();")));
}

TEST(Mutator, LeavesAloneWhatIsNoCode) {
  EXPECT_THAT(mutated("// a < b, 1 + 2\n/* if (a) b(); */\n"), IsEmpty());
  EXPECT_THAT(mutated("#include <a/b1.hpp>\n#if A < 1\n#endif\n"), IsEmpty());
  EXPECT_THAT(mutated("auto y = \"1 + 2 true\"; auto z = R\"(a && b)\"; char c = '1';"), IsEmpty());
  EXPECT_THAT(mutated("static_assert(sizeof(a) == 4);"), IsEmpty());
  EXPECT_THAT(mutated("  spdlog::warn(a + 1);"), IsEmpty());
}

TEST(Mutator, TakesNoBracketOfATemplateAndNoReferenceForAnOperator) {
  EXPECT_THAT(mutated("template <typename T> void f(T&& a, T* b, std::map<T, T>& c);"), IsEmpty());
  EXPECT_THAT(mutated("auto y = a->b;"), IsEmpty());
}

TEST(Mutator, SaysWhereAndWhat) {
  const std::string_view source = "void f() {\n  if (a)\n    b();\n}\n";
  const auto found = mutations_of(source);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].line_in(source), 2U);
  EXPECT_EQ(found[0].shown_in(source), "if (a)  =>  if (!(a))");
  EXPECT_EQ(found[1].line_in(source), 3U);
  EXPECT_EQ(found[1].shown_in(source), "b();  =>  ;");
}

std::vector<std::string> chosen(std::uint64_t seed) {
  std::vector<std::string> sources(2);
  for (int line = 0; line < 20; ++line) {
    sources[0] += "if (a < 2) b();\n";
    sources[1] += "c = d + 3;\n";
  }
  std::vector<std::string> shown;
  for (const auto& [source, mutation] : choices(sources, seed)) {
    shown.push_back(std::to_string(source) + ":" +
                    std::to_string(mutation.line_in(sources[source])) + ":" + mutation.replacement);
  }
  return shown;
}

TEST(MutatorsChoice, TakesEachLineOnce) {
  std::set<std::string> lines;
  for (const std::string& each : chosen(1)) lines.insert(each.substr(0, each.rfind(':')));
  EXPECT_EQ(lines.size(), 40U);
  EXPECT_EQ(chosen(1).size(), 40U);
}

TEST(MutatorsChoice, IsTheSeeds) {
  EXPECT_EQ(chosen(1), chosen(1));
  EXPECT_NE(chosen(1), chosen(2));
}

}  // namespace
}  // namespace payferry::test
