#include "net/shared_budget.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <random>

#include "net/request_window.hpp"

namespace payferry {
namespace {

using namespace std::chrono_literals;

SteadyPoint at(SteadyDuration time) {
  return SteadyPoint(1000h + time);
}

constexpr std::array kThreeInTen{WindowRule{3, 10s}};

class SharedBudgetTest : public testing::Test {
 protected:
  SharedBudgetTest() {
    std::string pattern = testing::TempDir() + "payferry-budget-XXXXXX";
    directory_ = ::mkdtemp(pattern.data());
  }
  ~SharedBudgetTest() override { std::filesystem::remove_all(directory_); }

  std::unique_ptr<SharedBudget> open(const std::string& fingerprint = "abc") {
    return SharedBudget::open(directory_, fingerprint, at(0s));
  }

  static void send(SharedBudget& budget, SteadyPoint when) {
    ASSERT_TRUE(budget.reserve(when, kThreeInTen).granted);
    budget.sent(when);
  }

  /// Runs `what` in a process of its own and returns when it is dead.
  template <class Function>
  static void in_a_child(Function what) {
    const auto child = ::fork();
    if (child == 0) {
      what();
      ::kill(::getpid(), SIGKILL);
    }
    ::waitpid(child, nullptr, 0);
  }

  std::filesystem::path directory_;
};

TEST_F(SharedBudgetTest, ProcessesWithTheSameTokenCountTogether) {
  const auto one = open();
  const auto other = open();
  ASSERT_TRUE(one && other);
  send(*one, at(0s));
  send(*other, at(1s));
  send(*one, at(2s));
  EXPECT_EQ(other->reserve(at(3s), kThreeInTen).again_at, at(10s));
  EXPECT_EQ(other->sends_between(at(0s), at(2s)), 2u);
  send(*other, at(10s));
}

TEST_F(SharedBudgetTest, AnotherTokenHasABudgetOfItsOwn) {
  const auto one = open("abc");
  const auto other = open("def");
  for (int i = 0; i < 3; ++i) send(*one, at(0s));
  EXPECT_FALSE(one->look(at(0s), kThreeInTen).granted);
  EXPECT_TRUE(other->look(at(0s), kThreeInTen).granted);
}

TEST_F(SharedBudgetTest, ThePromisesOfAnotherProcessAreAskedForAgainSoon) {
  const auto one = open();
  const auto other = open();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(one->reserve(at(0s), kThreeInTen).granted);
  const auto again = other->reserve(at(0s), kThreeInTen).again_at;
  EXPECT_GT(again, at(0s));
  EXPECT_LT(again, at(100ms));
  EXPECT_EQ(one->reserve(at(0s), kThreeInTen).again_at, SteadyPoint::max());
  one->give_back();
  EXPECT_TRUE(other->reserve(at(0s), kThreeInTen).granted);
}

TEST_F(SharedBudgetTest, WhatAKilledProcessSentCountsAndWhatItPromisedDoesNot) {
  in_a_child([&] {
    const auto budget = open();
    budget->reserve(at(0s), kThreeInTen);
    budget->reserve(at(0s), kThreeInTen);
    budget->reserve(at(0s), kThreeInTen);
    budget->sent(at(0s));
    ::kill(::getpid(), SIGKILL);
  });
  const auto budget = open();
  send(*budget, at(1s));
  send(*budget, at(1s));
  EXPECT_EQ(budget->reserve(at(1s), kThreeInTen).again_at, at(10s));
}

TEST_F(SharedBudgetTest, ALivingProcessSeesAtOnceThatAnotherWasKilled) {
  const auto budget = open();
  in_a_child([&] {
    const auto other = open();
    for (int i = 0; i < 3; ++i) other->reserve(at(0s), kThreeInTen);
    ::kill(::getpid(), SIGKILL);
  });
  EXPECT_TRUE(budget->reserve(at(0s), kThreeInTen).granted);
}

TEST_F(SharedBudgetTest, ManyProcessesAtOnceGetExactlyWhatThereIs) {
  constexpr std::array rules{WindowRule{100, 10s}};
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    const auto child = ::fork();
    if (child == 0) {
      const auto budget = open();
      for (int k = 0; k < 100; ++k) {
        if (!budget->reserve(at(0s), rules).granted) continue;
        k % 3 == 0 ? budget->give_back() : budget->sent(at(0s));
      }
      ::_exit(0);
    }
    children.push_back(child);
  }
  for (const auto child : children) {
    int status = -1;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  const auto budget = open();
  EXPECT_EQ(budget->sends_between(at(-1s), at(0s)), 100u);
}

TEST_F(SharedBudgetTest, AloneItDecidesLikeTheWindowOfOneProcess) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    std::mt19937_64 random(seed);
    const auto shared = open("seed-" + std::to_string(seed));
    RequestWindow own;
    const std::array rules{WindowRule{static_cast<std::uint32_t>(1 + random() % 20), 1s}};
    SteadyDuration now{};
    int promised = 0;
    for (int i = 0; i < 1000; ++i) {
      now += std::chrono::milliseconds(random() % 40);
      const auto choice = random() % 4;
      if (choice < 2) {
        const auto one = shared->reserve(at(now), rules);
        const auto other = own.reserve(at(now), rules);
        ASSERT_EQ(one.granted, other.granted) << "seed " << seed;
        ASSERT_EQ(one.again_at, other.again_at) << "seed " << seed;
        promised += one.granted ? 1 : 0;
      } else if (promised > 0) {
        --promised;
        choice == 2 ? shared->sent(at(now)) : shared->give_back();
        choice == 2 ? own.sent(at(now)) : own.give_back();
      }
      ASSERT_EQ(shared->sends_between(at(now - 700ms), at(now)),
                own.sends_between(at(now - 700ms), at(now)));
    }
  }
}

TEST_F(SharedBudgetTest, AFileFromBeforeTheMachineStartedIsForgotten) {
  {
    const auto budget = SharedBudget::open(directory_, "abc", at(10h));
    send(*budget, at(10h));
  }
  const auto budget = open();
  EXPECT_EQ(budget->sends_between(at(0s), at(11h)), 0u);
}

TEST_F(SharedBudgetTest, AFileWithSomethingElseInItIsWrittenAnew) {
  const auto path = directory_ / "budget-1-abc";
  std::ofstream(path) << std::string(50'000, 'x');
  std::filesystem::permissions(path, std::filesystem::perms(0600));
  const auto budget = open();
  ASSERT_TRUE(budget);
  EXPECT_TRUE(budget->reserve(at(0s), kThreeInTen).granted);
}

TEST_F(SharedBudgetTest, FilesAreForThisUserAlone) {
  const auto budget = open();
  struct stat status {};
  ASSERT_EQ(::stat((directory_ / "budget-1-abc").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST_F(SharedBudgetTest, ADirectoryThatOthersCanWriteToIsNotUsed) {
  std::filesystem::permissions(directory_, std::filesystem::perms(0770));
  EXPECT_FALSE(open());
}

TEST_F(SharedBudgetTest, ALinkInPlaceOfTheDirectoryOrTheFileIsNotFollowed) {
  const auto link = directory_ / "link";
  std::filesystem::create_directory_symlink(directory_, link);
  EXPECT_FALSE(SharedBudget::open(link, "abc", at(0s)));
  const auto victim = directory_ / "victim";
  std::ofstream(victim) << "precious";
  std::filesystem::create_symlink(victim, directory_ / "budget-1-abc");
  EXPECT_FALSE(open());
  EXPECT_EQ(std::filesystem::file_size(victim), 8u);
}

TEST_F(SharedBudgetTest, BudgetsNobodyUsesAnyMoreAreRemoved) {
  open("old");
  const auto used = open("old-but-used");
  for (const auto* name : {"budget-1-old", "budget-1-old-but-used"}) {
    std::filesystem::last_write_time(directory_ / name,
                                     std::filesystem::file_time_type::clock::now() - 2h);
  }
  const auto budget = open();
  EXPECT_FALSE(std::filesystem::exists(directory_ / "budget-1-old"));
  EXPECT_TRUE(std::filesystem::exists(directory_ / "budget-1-old-but-used"));
}

TEST_F(SharedBudgetTest, WithoutARoomForOneMoreProcessThereIsNone) {
  std::vector<std::unique_ptr<SharedBudget>> budgets;
  for (int i = 0; i < 64; ++i) budgets.push_back(open());
  EXPECT_TRUE(budgets.back());
  EXPECT_FALSE(open());
  budgets.pop_back();
  EXPECT_TRUE(open());
}

TEST(BudgetFingerprint, TellsTokensAndHostsApartAndNothingElse) {
  const auto fingerprint = budget_fingerprint("pat-na1-secret", "api.hubapi.com");
  EXPECT_EQ(fingerprint.size(), 32u);
  EXPECT_EQ(fingerprint.find("secret"), std::string::npos);
  EXPECT_EQ(fingerprint, budget_fingerprint("pat-na1-secret", "api.hubapi.com"));
  EXPECT_NE(fingerprint, budget_fingerprint("pat-na1-secreT", "api.hubapi.com"));
  EXPECT_NE(fingerprint, budget_fingerprint("pat-na1-secret", "127.0.0.1:8443"));
}

TEST_F(SharedBudgetTest, AQuotaTooLargeForTheFileIsNotShared) {
  ::setenv("XDG_RUNTIME_DIR", directory_.c_str(), 1);
  LimitSettings limits;
  EXPECT_TRUE(shared_budget(limits, "token", "host", at(0s)));
  limits.requests.reset();
  EXPECT_TRUE(shared_budget(limits, "token", "host", at(0s)));
  limits.requests = 1'000'000;
  EXPECT_FALSE(shared_budget(limits, "token", "host", at(0s)));
  ::unsetenv("XDG_RUNTIME_DIR");
}

}  // namespace
}  // namespace payferry
