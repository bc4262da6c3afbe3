#include "loader/commands/failure_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/system/system_error.hpp>
#include <cerrno>
#include <new>
#include <stdexcept>
#include <system_error>

namespace payferry {
namespace {

using testing::HasSubstr;

TEST(FailureText, WhatTheMachineRanOutOfIsNamedWithTheRemedy) {
  EXPECT_THAT(failure_text(std::bad_alloc()), HasSubstr("ulimit -v"));
  const boost::system::error_code too_many(EMFILE, boost::system::system_category());
  EXPECT_THAT(failure_text(boost::system::system_error(too_many, "epoll")), HasSubstr("ulimit -n"));
  EXPECT_THAT(failure_text(std::system_error(ENFILE, std::generic_category())),
              HasSubstr("ulimit -n"));
  EXPECT_THAT(failure_text(std::system_error(EAGAIN, std::generic_category())),
              HasSubstr("ulimit -u"));
}

TEST(FailureText, AnyOtherFailureIsToldAsItIs) {
  EXPECT_EQ(failure_text(std::runtime_error("Cannot write x")), "Cannot write x");
}

}  // namespace
}  // namespace payferry
