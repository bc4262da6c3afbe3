#include "loader/commands/failure_text.hpp"

#include <boost/system/system_error.hpp>
#include <cerrno>
#include <new>
#include <system_error>

namespace payferry {

namespace {

int error_number(const std::exception& failure) {
  if (const auto* error = dynamic_cast<const std::system_error*>(&failure))
    return error->code().value();
  if (const auto* error = dynamic_cast<const boost::system::system_error*>(&failure))
    return error->code().value();
  return 0;
}

}  // namespace

std::string failure_text(const std::exception& failure) {
  constexpr const char* kAgain = "), then run the same command again";
  if (dynamic_cast<const std::bad_alloc*>(&failure) != nullptr) {
    return std::string(
               "There is no more memory for payferry. Free some, or raise its limit "
               "(ulimit -v, or MemoryMax= of its unit") +
           kAgain;
  }
  std::string text = failure.what();
  switch (error_number(failure)) {
    case EMFILE:
    case ENFILE:
      return text + ". Raise the limit of open files (ulimit -n, or LimitNOFILE= of its unit" +
             kAgain;
    case EAGAIN:
      return text +
             ": no thread can be started. Raise the limits of memory and processes "
             "(ulimit -v, ulimit -u" +
             kAgain;
    default:
      return text;
  }
}

}  // namespace payferry
