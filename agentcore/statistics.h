#pragma once

#include <map>
#include <string>
#include <vector>

#include "agentcore/types.h"

/// Figures over committed events, from counters that the store keeps by the day (UTC): they are there at
/// once over any number of runs. Plain values that cross the facade.
namespace handrail {

/// Calls of one tool, every purpose and every attempt.
struct ToolFigures {
    std::string tool;
    std::int64_t calls = 0;
    std::int64_t errors = 0;
    Millis tookMs = 0;  ///< in all
    std::map<Code, std::int64_t> codes;

    double errorRate() const { return calls > 0 ? static_cast<double>(errors) / static_cast<double>(calls) : 0; }
};

/// How often one failure came up on one day.
struct TypeOnDay {
    std::string day;  ///< "2026-11-24"
    Code code;
    std::int64_t count = 0;
};

struct AgentFigures {
    std::string agent;
    std::int64_t runs = 0;  ///< started
    std::int64_t retries = 0;

    double retriesPerRun() const { return runs > 0 ? static_cast<double>(retries) / static_cast<double>(runs) : 0; }
};

/// Questions to people of one kind, and how long those took.
struct HandoffFigures {
    std::string kind;
    std::int64_t asked = 0;
    std::int64_t decided = 0;
    std::int64_t expired = 0;
    Millis decisionMs = 0;  ///< in all
    std::map<std::string, std::int64_t> verbs;
    std::vector<std::int64_t> buckets;  ///< decided within 10 s, 30 s, 1 min, 5 min, 15 min, 1 h, later

    Millis averageMs() const { return decided > 0 ? decisionMs / decided : 0; }
};

/// One way of telling people, and what came of it. Kept beside the log, not counted by the day.
struct NotifierFigures {
    std::string notifier;  ///< "webhook (slack)", "email to ops@example.com"
    std::int64_t sent = 0;
    std::int64_t failed = 0;
    Millis lastSent = 0;
    Millis lastFailed = 0;
    std::string lastError;
};

/// How often something stood in for what failed: an earlier result, or another path.
struct FallbackFigures {
    std::int64_t used = 0;
    std::int64_t success = 0;
    std::int64_t failure = 0;
};

/// What one model was asked and has said, where its service counts tokens.
struct ModelFigures {
    std::string model;  ///< its name in the definition
    std::int64_t calls = 0;
    std::int64_t tokensIn = 0;
    std::int64_t tokensOut = 0;
};

struct Statistics {
    std::string from;  ///< the first day that is in it; empty: from the beginning
    std::vector<ToolFigures> tools;        ///< most errors first
    std::vector<TypeOnDay> types;          ///< newest day first, most frequent first
    std::vector<AgentFigures> agents;
    std::vector<HandoffFigures> handoffs;
    std::vector<ModelFigures> models;
    std::map<std::string, std::int64_t> runsEnded;  ///< by state; a run that is opened again ends again
    std::int64_t runsStarted = 0;
    std::int64_t retries = 0;
    std::int64_t reused = 0;  ///< calls that were not made, because the same one had succeeded before
    std::map<std::string, FallbackFigures> fallbacks;  ///< by kind: "cache", "read_only", "model"
    std::map<std::string, int> open;       ///< handoffs that wait now, by kind
    std::vector<NotifierFigures> notifiers;

    double retriesPerRun() const { return runsStarted > 0 ? static_cast<double>(retries) / static_cast<double>(runsStarted) : 0; }
};

}  // namespace handrail
