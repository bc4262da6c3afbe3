#include "bench/micro/workload.hpp"

#include <gtest/gtest.h>

#include "model/batch_answer.hpp"

namespace payferry::bench {
namespace {

TEST(Workload, IsReadAndMappedInEitherFormat) {
  for (const auto format : {GeneratedFormat::csv, GeneratedFormat::ndjson}) {
    const auto reader = open_reader(payments(format), format);
    const Mapping mapping = payment_mapping(format, *reader);
    Record record;
    ASSERT_TRUE(reader->next(record));
    std::string input;
    MappedRecord mapped;
    mapping.map(record, input, mapped);
    EXPECT_FALSE(mapped.error) << mapped.error->message;
    EXPECT_NE(input, "");
  }
}

TEST(Workload, HasABatchAndItsAnswer) {
  const Batch batch = first_batch();
  EXPECT_EQ(entries_of(batch).size(), kMaxBatchRecords);
  const auto answer = decode_batch_answer(first_answer(), {"hs_external_reference_id", "", false});
  EXPECT_EQ(answer.results.size(), kMaxBatchRecords);
}

}  // namespace
}  // namespace payferry::bench
