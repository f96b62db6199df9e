#pragma once

#include "agentcore/planner/planner.h"
#include "agentcore/tools/tool.h"

/// A call to a model, in the form of any other call: a request ready for the wire, and what a reply means.
namespace handrail::act {

/// What a model is asked, and what its proposal will be held against.
struct ModelCall {
    const Model* model = nullptr;
    planner::Conversation conversation;
    planner::Sources sources;
};

/// U101 where its key cannot be read.
Outcome<tools::Prepared> prepareModelCall(const Definition& definition, const ModelCall& call);

/// The data of the Answered event of a complete reply: code and message, or the proposal; tokens, and
/// what the service wishes of a retry. Secrets that the reply echoes are replaced before it is read.
Json modelAnswered(const Definition& definition, const ModelCall& call, const tools::Prepared& prepared, wire::Reply reply, Millis now);

}  // namespace handrail::act
