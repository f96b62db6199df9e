#pragma once

#include "agentcore/definition/definition.h"

namespace handrail::definition {

/// Makes typed values of a document in which no mistake was found.
DefinitionPtr build(Json document);

}  // namespace handrail::definition
