#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "loader/verify/check_batch.hpp"
#include "loader/verify/finding.hpp"
#include "loader/verify/record_comparison.hpp"
#include "model/batch_answer.hpp"
#include "model/classify_read.hpp"

namespace payferry {

/// How a batch fares while it is read back, without I/O: what is to be asked next, and what an
/// answer makes of it. Every record is asked about by its id, or by its key where the id is not
/// known; what the answer does not tell is asked about again, in halves where that may help.
class ReadBack {
 public:
  struct Question {
    ReadBy by = ReadBy::record_id;
    std::vector<std::size_t> records;  ///< places in the batch
  };

  /// Both must outlive this. `has_key`: records can be asked for by id_property.
  ReadBack(const CheckBatch& batch, const RecordComparison& comparison, bool has_key);

  /// Nothing once every record has its finding. Its answer must be told before the next call.
  std::optional<Question> next();
  /// What is asked for: ids or keys, in the question's order.
  std::vector<std::string_view> asked(const Question& question) const;
  /// Takes an answer that is worth reading, or any other: then the question is asked again.
  void take(Question question, const ReadVerdict& verdict);
  /// The question was not asked after all.
  void put_back(Question question) { questions_.push_back(std::move(question)); }
  bool is_done() const { return questions_.empty(); }

  /// By place in the batch.
  const std::vector<Finding>& findings() const { return findings_; }
  /// Amounts of the records that HubSpot has, by currency: as `read`.
  const ControlTotals& held() const { return held_; }

 private:
  void add_questions(ReadBy by, std::vector<std::size_t> records);
  void ask_again(ReadBy by, std::vector<std::size_t> records, bool in_halves);
  void settle(std::size_t record, const LookUp& look_up);
  void leave_unchecked(std::size_t record, std::string message);

  const CheckBatch& batch_;
  const RecordComparison& comparison_;
  std::vector<Question> questions_;  ///< a stack: the last one is next
  std::vector<Finding> findings_;
  ControlTotals held_;
};

}  // namespace payferry
