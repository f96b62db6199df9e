#pragma once

#include <vector>

#include "agentcore/decide/event.h"
#include "agentcore/definition/definition.h"
#include "agentcore/replayed.h"

namespace handrail::replay {

/// The run with one thing changed, as far as its journal can answer. `change` is one of
/// {"argument": {"step", "with"}}, {"limit": {…}}, {"reply": {"seq", …}}, {"decision": {"handoff", "verb", …}},
/// {"definition": {…}}; argument, limit and definition are merge patches (RFC 7396), the members beside "seq" and
/// "handoff" take the place of the line's own. U102: no such change; U105: nothing there that it could change.
Outcome<WhatIf> whatIf(const Definition& definition, const std::vector<decide::Event>& events, const Json& change);

}  // namespace handrail::replay
