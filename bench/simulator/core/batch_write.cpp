#include "bench/simulator/core/batch_write.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <unordered_set>

#include "bench/simulator/core/associations.hpp"
#include "bench/simulator/core/batch_answer.hpp"

namespace payferry::simulator {

namespace {

constexpr std::size_t kMostInputs = 100;

std::optional<ApiError> refuse_inputs(const CallContext& context, const BatchRequest& request) {
  if (request.error()) return request.error();
  if (!request.has_inputs() &&
      context.switches.missing_inputs == SimulatorSwitches::MissingInputs::refused) {
    return invalid_json({}, 0, "Some required fields were not set: [inputs]");
  }
  if (request.inputs().size() > kMostInputs) return too_many_inputs(kMostInputs);
  return std::nullopt;
}

// An upsert by something that is not unique is refused whole (contract §3.4).
std::optional<ApiError> refuse_key(const CallContext& context, const ObjectType& type,
                                   WriteKind kind, const BatchInput& input) {
  if (kind == WriteKind::update && input.id_property.empty()) return std::nullopt;
  const std::string_view key = input.id_property.empty() ? "hs_object_id" : input.id_property;
  const auto property = type.find(key);
  if (property && type.at(*property).unique) return std::nullopt;
  return non_unique_property(type.type_id(), key, context.account.options().portal_id);
}

// So is an id that stands twice in an upsert or update, with or without trace ids (contract §2.4).
std::optional<ApiError> refuse_repeated_ids(const BatchRequest& request) {
  std::unordered_set<std::string_view> ids;
  std::vector<std::string> twice;
  std::string list;
  for (const BatchInput& input : request.inputs()) {
    if (ids.insert(input.id).second) continue;
    list += (twice.empty() ? "" : ", ") + std::string(input.id);
    twice.emplace_back(input.id);
  }
  if (twice.empty()) return std::nullopt;
  return duplicate_ids(list, std::move(twice));
}

class BatchWrite {
 public:
  BatchWrite(CallContext& context, ObjectData& object, WriteKind kind)
      : context_(context),
        object_(object),
        type_(*object.type),
        kind_(kind),
        planner_(context, object, kind) {}

  Response run(const BatchRequest& request);

 private:
  std::optional<ApiError> refuse_shape(const BatchRequest& request) const;
  std::optional<ApiError> refuse_whole() const;
  bool told_singly() const;
  ApiError merged_refusal() const;
  const WritePlan* first_conflict() const;
  WritePlan* pick_omitted();
  void write_some();
  void write(WritePlan& plan);
  void associate(const WritePlan& plan);
  Response answer(const WritePlan* omitted) const;

  CallContext& context_;
  ObjectData& object_;
  const ObjectType& type_;
  WriteKind kind_;
  WritePlanner planner_;
  std::vector<WritePlan> plans_;
};

Response BatchWrite::run(const BatchRequest& request) {
  if (const auto error = refuse_shape(request)) return context_.refuse(*error);
  plans_.reserve(request.inputs().size());
  for (const BatchInput& input : request.inputs()) plans_.push_back(planner_.plan(input));
  if (const auto error = refuse_whole()) {
    if (context_.switches.whole_refusal == SimulatorSwitches::WholeRefusal::writes_some)
      write_some();
    return context_.refuse(*error);
  }
  WritePlan* const omitted = pick_omitted();
  for (WritePlan& plan : plans_) {
    const bool lost = &plan == omitted && context_.omission == Omission::unwritten;
    if (!plan.refusal && !lost) write(plan);
  }
  return answer(omitted);
}

std::optional<ApiError> BatchWrite::refuse_shape(const BatchRequest& request) const {
  if (auto error = refuse_inputs(context_, request)) return error;
  if (kind_ == WriteKind::create) return std::nullopt;
  for (const BatchInput& input : request.inputs()) {
    if (auto error = refuse_key(context_, type_, kind_, input)) return error;
  }
  return refuse_repeated_ids(request);
}

std::optional<ApiError> BatchWrite::refuse_whole() const {
  const bool good = std::none_of(plans_.begin(), plans_.end(),
                                 [](const WritePlan& plan) { return plan.refusal.has_value(); });
  if (good) return std::nullopt;
  const WritePlan* const conflict = first_conflict();
  if (conflict != nullptr && kind_ == WriteKind::upsert && context_.switches.upsert_conflict_409) {
    return already_exists(type_.error_name(), *conflict->holder);
  }
  const bool repeated = std::any_of(plans_.begin(), plans_.end(),
                                    [](const WritePlan& plan) { return plan.repeats_unique; });
  const bool whole_for_repeat = repeated && context_.switches.repeated_unique ==
                                                SimulatorSwitches::RepeatedUnique::whole_batch;
  if (told_singly() && !whole_for_repeat) return std::nullopt;
  return merged_refusal();
}

/// Whether trace ids make HubSpot tell of each record (contract §2.1).
bool BatchWrite::told_singly() const {
  const auto with = std::count_if(plans_.begin(), plans_.end(), [](const WritePlan& plan) {
    return plan.input->trace_id.has_value();
  });
  if (static_cast<std::size_t>(with) == plans_.size()) return true;
  return with > 0 &&
         context_.switches.mixed_trace_ids == SimulatorSwitches::MixedTraceIds::multi_status;
}

// Values that are not valid are told of all records together, anything else of the first one only
// (contract §3.2).
ApiError BatchWrite::merged_refusal() const {
  std::vector<PropertyProblem> problems;
  for (const WritePlan& plan : plans_) {
    problems.insert(problems.end(), plan.problems.begin(), plan.problems.end());
  }
  if (!problems.empty())
    return invalid_values(std::move(problems), context_.account.options().portal_id);
  const auto first = std::find_if(plans_.begin(), plans_.end(),
                                  [](const WritePlan& plan) { return plan.refusal.has_value(); });
  return *first->refusal;
}

const WritePlan* BatchWrite::first_conflict() const {
  const auto found = std::find_if(plans_.begin(), plans_.end(),
                                  [](const WritePlan& plan) { return plan.holder.has_value(); });
  return found == plans_.end() ? nullptr : &*found;
}

WritePlan* BatchWrite::pick_omitted() {
  if (context_.omission == Omission::none) return nullptr;
  std::vector<WritePlan*> good;
  for (WritePlan& plan : plans_) {
    if (!plan.refusal) good.push_back(&plan);
  }
  return good.empty() ? nullptr : good[context_.random.below(good.size())];
}

void BatchWrite::write_some() {
  for (WritePlan& plan : plans_) {
    if (!plan.refusal && context_.random.chance(0.5)) write(plan);
  }
}

void BatchWrite::write(WritePlan& plan) {
  const bool is_new = plan.existing == nullptr;
  if (is_new) {
    plan.existing = &object_.records.create(plan.id, plan.values, context_.now, context_.request,
                                            context_.keep_properties);
    plan.created = true;
  } else {
    object_.records.update(*plan.existing, plan.values, context_.now, context_.keep_properties);
  }
  context_.note(is_new ? LedgerAction::created : LedgerAction::updated, type_, *plan.existing);
  associate(plan);
}

void BatchWrite::associate(const WritePlan& plan) {
  for (const AssociationInput& association : plan.input->associations) {
    const AssociationLabel* label = label_of(type_, association.type_id);
    const std::string_view to_object = label == nullptr ? "unknown" : label->to_object;
    context_.note_association(type_, plan.id, to_object, association.to_id, association.type_id);
  }
}

Response BatchWrite::answer(const WritePlan* omitted) const {
  BatchAnswerWriter writer(context_, type_);
  for (const WritePlan& plan : plans_) {
    if (&plan == omitted) continue;
    if (plan.refusal) {
      writer.add_error(*plan.refusal, plan.input->trace_id);
    } else {
      writer.add_result(
          {.id = plan.id,
           .created_at = plan.existing->created_at,
           .updated_at = context_.now,
           .archived = false,
           .values = plan.values,
           .is_new = kind_ == WriteKind::upsert ? std::optional(plan.created) : std::nullopt,
           .trace_id = plan.input->trace_id});
    }
  }
  return writer.response(kind_ == WriteKind::create ? 201 : 200);
}

}  // namespace

Response write_batch(CallContext& context, ObjectData& object, WriteKind kind,
                     const BatchRequest& request) {
  return BatchWrite(context, object, kind).run(request);
}

Response archive_batch(CallContext& context, ObjectData& object, const BatchRequest& request) {
  if (const auto error = refuse_inputs(context, request)) return context.refuse(*error);
  for (const BatchInput& input : request.inputs()) {
    Record* const record = object.records.find(input.id);
    if (record == nullptr || record->archived) continue;
    object.records.archive(*record, context.switches.archived_keeps_unique);
    context.note(LedgerAction::archived, *object.type, *record);
  }
  return {204, {}};
}

}  // namespace payferry::simulator
