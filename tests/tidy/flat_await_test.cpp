#include "tidy/flat_await.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tidy/source_text.hpp"

namespace payferry::test {
namespace {

std::size_t breaches(const std::string& body) {
  const SourceText source = read_source("asio::awaitable<void> Sender::run() {\n" + body + "\n}\n");
  return flat_await_breaches(source.code).size();
}

TEST(FlatAwait, ALambdaWithCapturesByValueBesideAnAwaitIsABreach) {
  EXPECT_EQ(breaches("co_await call([s] { return s; });"), 1U);
  EXPECT_EQ(breaches("co_await call([=] { return s; });"), 1U);
  EXPECT_EQ(breaches("co_await call([&a, s = std::move(s)]() mutable { use(s); });"), 1U);
  EXPECT_EQ(breaches("co_await call([*this] { return s; });"), 1U);
  EXPECT_EQ(breaches("spawn(co_await executor, [s]() -> awaitable<void> { co_return; });"), 1U);
}

TEST(FlatAwait, ABracedTemporaryBesideAnAwaitIsABreach) {
  EXPECT_EQ(breaches("co_await send(Request{.path = path});"), 1U);
  EXPECT_EQ(breaches("co_await send({path, body});"), 1U);
  EXPECT_EQ(breaches("co_await send(wrap(std::array<std::string, 2>{a, b}));"), 1U);
  EXPECT_EQ(breaches("Answer answer{.status = 1, .body = co_await read()};"), 1U);
  EXPECT_EQ(breaches("co_return Answer{co_await read(), y};"), 1U);
  EXPECT_EQ(breaches("if (ok) co_await send(Request{path});"), 1U);
  EXPECT_EQ(breaches("while (co_await send({path})) {\n  go_on();\n}"), 1U);
}

TEST(FlatAwait, AConditionalBesideAnAwaitIsABreach) {
  EXPECT_EQ(breaches("auto x = ready ? co_await read() : none();"), 1U);
  EXPECT_EQ(breaches("co_await send(first ? a : b);"), 1U);
}

TEST(FlatAwait, ABreachInsideTheBodyOfALambdaCounts) {
  EXPECT_EQ(breaches("run([&]() -> awaitable<void> { co_await send({a}); });"), 1U);
  EXPECT_EQ(breaches("auto work = [](Socket& s) -> awaitable<void> {\n"
                     "  co_await s.send(Request{path});\n};"),
            1U);
}

TEST(FlatAwait, TheLineIsThatOfTheBreach) {
  const auto found =
      flat_await_breaches("void f() {\n  co_await send(\n      Request{path});\n}\n");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().line, 3U);
}

TEST(FlatAwait, WhatIsNamedOnTheLineAboveIsNone) {
  EXPECT_EQ(breaches("Request request{.path = path};\nco_await send(std::move(request));"), 0U);
  EXPECT_EQ(breaches("const auto x = first ? a : b;\nco_await send(x);"), 0U);
  EXPECT_EQ(breaches("auto done = [s] { use(s); };\nco_await call(std::move(done));"), 0U);
  EXPECT_EQ(breaches("const bool upsert = x == y;\nco_await wait();\nreturn upsert ? a : b;"), 0U);
}

TEST(FlatAwait, WhatIsSafeBesideAnAwaitIsNone) {
  EXPECT_EQ(breaches("co_await call([&] { return s; });"), 0U);
  EXPECT_EQ(breaches("co_await call([this, &s] { return s; });"), 0U);
  EXPECT_EQ(breaches("co_await call([] { return 1; });"), 0U);
  EXPECT_EQ(breaches("co_await send(std::string(\"a\"), std::make_unique<int>(1));"), 0U);
  EXPECT_EQ(breaches("if (auto [ec] = co_await read(); !ec) {\n  return;\n}"), 0U);
  EXPECT_EQ(breaches("auto& [a, b] = co_await read();"), 0U);
  EXPECT_EQ(breaches("values[i] = co_await read();"), 0U);
  EXPECT_EQ(breaches("out.push_back(co_await read());"), 0U);
}

TEST(FlatAwait, BodiesAreNoBracedLists) {
  EXPECT_EQ(breaches("while (co_await ready()) {\n  step();\n}"), 0U);
  EXPECT_EQ(breaches("try {\n  co_await join();\n} catch (...) {\n  keep();\n}"), 0U);
  EXPECT_EQ(breaches("for (int i = 0; i < n; ++i) {\n  co_await step();\n}\nR r{a, b};"), 0U);
  EXPECT_EQ(breaches("run([]() -> asio::awaitable<void> { co_await step(); }, R{a});"), 0U);
  EXPECT_EQ(breaches("{\n  const std::lock_guard lock(mutex_);\n}\nco_await filled_.wait();"), 0U);
}

TEST(FlatAwait, BodiesOfClassesAndNamespacesAreNoBracedLists) {
  const SourceText source = read_source(
      "#include <a>\n#define B \\\n  {\nnamespace c::d {\nclass E final : public F {\n"
      " public:\n  awaitable<int> next() override {\n    while (g()) co_await h();\n  }\n"
      "  int i{1};\n};\n}\n");
  EXPECT_TRUE(flat_await_breaches(source.code).empty());
}

TEST(FlatAwait, CommentsAndTextsAreNoCode) {
  EXPECT_EQ(breaches("co_await send(\"a ? {b} : [c]\");  // {x} ? y : z"), 0U);
  EXPECT_EQ(breaches("co_await send(R\"({\"a\":[1]})\");"), 0U);
  EXPECT_EQ(breaches("use(R{a}, \"co_await\");  // co_await"), 0U);
}

}  // namespace
}  // namespace payferry::test
