# Run at build time: writes COMMIT_HEADER if the commit has changed. A tree without git has no commit.
execute_process(COMMAND git -C ${SOURCE_DIR} describe --always --dirty --abbrev=10 --exclude=*
                OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
set(text "#pragma once\n\nnamespace payferry {\n\ninline constexpr const char* kCommit = \"${commit}\";\n\n}  // namespace payferry\n")
set(before "")
if(EXISTS ${COMMIT_HEADER})
  file(READ ${COMMIT_HEADER} before)
endif()
if(NOT before STREQUAL text)
  file(WRITE ${COMMIT_HEADER} "${text}")
endif()
