#pragma once

#include "agentcore/planner/planner.h"

/// The two kinds of service. Private to planner/.
namespace handrail::planner {

Request openAiRequest(const Definition& definition, const Model& model, const Conversation& conversation);
Reading readOpenAi(const Definition& definition, const Json& body);

Request anthropicRequest(const Definition& definition, const Model& model, const Conversation& conversation);
Reading readAnthropic(const Definition& definition, const Json& body);

/// A call as the model gave it, taken apart: `arguments` is an object, or the text of one.
Reading readCall(const Definition& definition, const std::string& name, const Json& arguments);

/// A failure of the answer itself.
Reading unusable(const Code& code, std::string message, std::string said = {});

}  // namespace handrail::planner
