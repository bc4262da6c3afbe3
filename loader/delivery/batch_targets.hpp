#pragma once

#include "loader/delivery/association_progress.hpp"
#include "loader/delivery/association_targets.hpp"
#include "loader/delivery/batch_progress.hpp"
#include "loader/delivery/delivery_context.hpp"
#include "model/batch.hpp"

namespace payferry {

/// Gives each record of the batch what it is to be associated with, once all that is claimed is
/// known: into its input of a create; for the call after an upsert. Where HubSpot has no such
/// record, `progress` is told. Gives the claim back.
void take_targets(const DeliveryContext& context, AssociationTargets::Claim& claim, Batch& batch,
                  BatchProgress& progress, AssociationProgress& associating);

}  // namespace payferry
