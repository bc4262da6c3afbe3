#include "loader/check/problem_line.hpp"

#include <gtest/gtest.h>

namespace payferry {
namespace {

TEST(ProblemLine, NamesPlaceValueAndRemedy) {
  Problem problem;
  problem.record = RecordNumber(7);
  problem.file = "payments.csv";
  problem.line = LineNumber(8);
  problem.code = "INVALID_DECIMAL";
  problem.property = "hs_initial_amount";
  problem.column = "Amount";
  problem.value = "12,5O";
  problem.message = "\"12,5O\" is not a decimal number";
  std::string line;
  append_problem_line(line, 1, problem);
  EXPECT_EQ(line, R"({"problem":1,"file":"payments.csv","line":8,"record":7,"column":"Amount",)"
                  R"("property":"hs_initial_amount","code":"INVALID_DECIMAL","value":"12,5O",)"
                  R"("message":"\"12,5O\" is not a decimal number"})"
                  "\n");
  EXPECT_TRUE(line.starts_with(kFirstProblem));
}

TEST(ProblemLine, LeavesOutWhatDoesNotApplyAndIsTextWhateverTheNamesHold) {
  Problem problem;
  problem.file = "caf\xE9.csv";
  problem.code = "INPUT_BREAKS_OFF";
  std::string line;
  append_problem_line(line, 12, problem);
  EXPECT_EQ(line,
            "{\"problem\":12,\"file\":\"caf\xEF\xBF\xBD.csv\",\"code\":\"INPUT_BREAKS_OFF\"}\n");
}

}  // namespace
}  // namespace payferry
