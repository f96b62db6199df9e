#pragma once

#include <string>

#include "agentcore/drilled.h"

namespace handrail::app {

/// A drill's report as one printable page of HTML: nothing is loaded and nothing runs; all foreign text is escaped.
std::string drillPage(const DrillReport& report);

}  // namespace handrail::app
