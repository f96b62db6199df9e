#include "agentcore/act/modelcall.h"

#include "agentcore/decide/money.h"
#include "agentcore/tools/secrets.h"

namespace handrail::act {
namespace {

Json proposalData(const planner::Proposal& proposal)
{
    Json data = {{"tool", proposal.tool}, {"arguments", proposal.arguments}, {"why", proposal.why}};
    if (proposal.confidence) data["confidence"] = *proposal.confidence;
    return data;
}

}  // namespace

Outcome<tools::Prepared> prepareModelCall(const Definition& definition, const ModelCall& call)
{
    const auto asked = planner::requestFor(definition, *call.model, call.conversation);
    tools::Prepared prepared;
    wire::HttpRequest request;
    request.method = "POST";
    request.url = asked.url;
    request.body = asked.body;
    request.allowPrivate = call.model->allowPrivate;
    for (const auto& [name, pattern] : asked.headers) {
        auto value = tools::withSecrets(pattern, prepared.secrets);
        if (!value) return value.failure();
        if (value->find_first_of("\r\n") != std::string::npos) return failure("U102", "The key of the model " + call.model->name + " holds a line break.");
        request.headers.emplace_back(name, *value);
    }
    prepared.line = "POST " + asked.url;
    prepared.request = std::move(request);
    return prepared;
}

Json modelAnswered(const Definition& definition, const ModelCall& call, const tools::Prepared& prepared, wire::Reply reply, Millis now)
{
    reply.body = tools::redacted(std::move(reply.body), prepared.secrets);
    const auto reading = planner::read(definition, *call.model, reply, now);
    Json data = {{"code", reading.code}, {"message", reading.message}, {"model", call.model->name}, {"status", reply.status}};
    if (reading.proposal) {
        data["proposal"] = proposalData(*reading.proposal);
        if (const auto wrong = planner::objectionTo(definition, *reading.proposal, call.sources)) {
            data["code"] = wrong->code;
            data["message"] = wrong->message;
            data["where"] = wrong->where;
            if (wrong->code == "M106") data["allowed"] = wrong->hint;
        }
    }
    if (!reading.said.empty()) data["said"] = reading.said;
    if (reading.tokensIn >= 0) data["tokens_in"] = reading.tokensIn;
    if (reading.tokensOut >= 0) data["tokens_out"] = reading.tokensOut;
    if (!call.model->priceIn.empty() && (reading.tokensIn >= 0 || reading.tokensOut >= 0)) {
        data["cost"] = decide::sumOfDecimals({decide::costOfTokens(call.model->priceIn, reading.tokensIn), decide::costOfTokens(call.model->priceOut, reading.tokensOut)})
                           .value_or("0");
        data["currency"] = definition.planner->currency;
    }
    if (reading.retryAfter >= 0) data["retry_after_ms"] = reading.retryAfter;
    if (!reading.mayRetry) data["no_retry"] = true;
    data["note"] = textOf(data, "message");
    return data;
}

}  // namespace handrail::act
