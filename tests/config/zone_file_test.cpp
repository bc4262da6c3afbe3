#include "config/zone_file.hpp"

#include <date/tz_private.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "config/time_zone_name.hpp"
#include "model/zone_offsets.hpp"

namespace payferry {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;
using std::chrono::seconds;

TEST(ZoneFile, EndsWithTheRules) {
  EXPECT_EQ(rules_in_zone_file("TZif2\0\0\n\0TZif2\0\n\0\nGMT0BST,M3.5.0/1,M10.5.0\n"s),
            "GMT0BST,M3.5.0/1,M10.5.0");
  EXPECT_EQ(rules_in_zone_file("TZif4\0\0\nUTC0\n"s), "UTC0");
  EXPECT_EQ(rules_in_zone_file("TZif2\0\0\n\n"s), "");
}

TEST(ZoneFile, MayHaveNoRules) {
  EXPECT_EQ(rules_in_zone_file(""), "");
  EXPECT_EQ(rules_in_zone_file("TZif"), "");
  EXPECT_EQ(rules_in_zone_file("TZif\0\0\nUTC0\n"s), "");
  EXPECT_EQ(rules_in_zone_file("TZif2\0\0\nUTC0"s), "");
  EXPECT_EQ(rules_in_zone_file("GMT0\nUTC0\n"s), "");
}

TEST(ZoneFile, OfEveryZoneOfTheSystemIsUnderstood) {
  for (const date::time_zone& zone : date::get_tzdb().zones) {
    const auto found = find_time_zone(zone.name());
    EXPECT_TRUE(found) << zone.name() << ' ' << found.error();
  }
}

TEST(ZoneFile, ThatIsNotThereIsSaid) {
  EXPECT_EQ(read_zone_rules("Atlantis/Capital").error(),
            "cannot be looked up: /usr/share/zoneinfo/Atlantis/Capital cannot be read; install "
            "tzdata anew");
}

TEST(ZoneFile, TellsSummersBehindItsTable) {
  const ZoneOffsets london(find_time_zone("Europe/London").value());
  const WallTime noon = parse_iso8601_written("2038-07-01T12:00:00").value().wall;
  EXPECT_EQ(london.offset_at(noon), seconds(3600));
}

/// The zones of this machine, compiled anew: with a long table, or one that ends where the rules
/// suffice.
class ZoneFileSizes : public testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    if (!compile("fat") || !compile("slim")) GTEST_SKIP() << "zic or its source is not installed";
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / "slim")) {
      if (entry.is_regular_file())
        names.push_back(entry.path().lexically_relative(folder_ / "slim").string());
    }
    return names;
  }

  /// The date library opens what is named below its own folder.
  date::time_zone table(const std::string& size, const std::string& name) const {
    return date::time_zone("../../.." + (folder_ / size / name).string(),
                           date::detail::undocumented{});
  }

  ZoneRules rules(const std::string& size, const std::string& name) const {
    std::ifstream file(folder_ / size / name, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    return ZoneRules::parse(rules_in_zone_file(bytes)).value();
  }

 private:
  bool compile(const std::string& size) const {
    const std::string command = "PATH=$PATH:/usr/sbin zic -b " + size + " -d " +
                                (folder_ / size).string() +
                                " /usr/share/zoneinfo/tzdata.zi >/dev/null 2>&1";
    return std::system(command.c_str()) == 0;
  }

  fs::path folder_ = fs::path(testing::TempDir()) / "zone_file_sizes";
};

/// Around each of the table's changes, and anywhere. Until 2037: of what comes then zic leaves a
/// part out of the slim files, as the Ramadans of 2073 on in Gaza.
std::vector<seconds> moments(const date::time_zone& table, std::mt19937_64& random) {
  std::vector<seconds> moments;
  constexpr std::int64_t k1900 = -2'208'988'800;
  constexpr std::uint64_t kUntil2037 = 4'323'369'600;
  for (int count = 0; count < 300; ++count)
    moments.emplace_back(k1900 + static_cast<std::int64_t>(random() % kUntil2037));
  date::sys_seconds change = date::sys_days(date::year(1900) / 1 / 1);
  while ((change = table.get_info(change).end) < date::sys_days(date::year(2037) / 12 / 1)) {
    for (int minutes = -90; minutes <= 90; minutes += 30)
      moments.push_back(change.time_since_epoch() + std::chrono::minutes(minutes));
  }
  return moments;
}

TEST_F(ZoneFileSizes, MakeNoDifference) {
  std::mt19937_64 random(3);
  int zones = 0;
  for (const std::string& name : names()) {
    const date::time_zone fat_table = table("fat", name);
    const date::time_zone slim_table = table("slim", name);
    const ZoneOffsets fat(TimeZone{&fat_table, rules("fat", name)});
    const ZoneOffsets slim(TimeZone{&slim_table, rules("slim", name)});
    for (const seconds time : moments(fat_table, random)) {
      const Instant moment(time);
      ASSERT_EQ(slim.offset_at(moment), fat.offset_at(moment)) << name << ' ' << time.count();
      const WallTime wall(time + fat.offset_at(moment));
      ASSERT_EQ(slim.offset_at(wall), fat.offset_at(wall)) << name << ' ' << time.count();
      const WallTime other(time + std::chrono::hours(1));
      ASSERT_EQ(slim.offset_at(other), fat.offset_at(other)) << name << ' ' << time.count();
    }
    ++zones;
  }
  EXPECT_GT(zones, 300);
}

}  // namespace
}  // namespace payferry
