#pragma once

#include <span>

#include "agentcore/failure.h"

namespace handrail {

/// One line of the catalogue as it is written down.
struct CatalogueLine {
    const char* code;
    const char* title;
    const char* sentence;
    const char* nextStep;
    Fault fault;
};

/// T101…T112 and T601…T705: what happened between us and a tool, apart from HTTP statuses.
std::span<const CatalogueLine> toolLines();
/// T400…T599: the statuses that deserve words of their own. The others are described by rule.
std::span<const CatalogueLine> statusLines();
/// M, W, U, A, R and X000.
std::span<const CatalogueLine> workLines();

}  // namespace handrail
