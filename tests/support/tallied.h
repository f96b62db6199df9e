#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/support/paperrun.h"

namespace handrailtest {

/// What random runs were made of. Each of them was replayed when it went away: a difference ends the test.
struct Tallied {
    int runs = 0;
    std::map<std::string, std::size_t> events;
    std::map<std::string, int> ends;

    void add(const PaperRun& run)
    {
        ++runs;
        ++ends[word(run.state.status)];
        for (const auto& event : run.journal) {
            ++events["lines"];
            ++events[decide::word(event.kind)];
            if (event.kind == decide::EventKind::Answered && !textOf(event.data, "code").empty()) ++events["failures"];
        }
    }
    void tell() const
    {
        std::string all;
        for (const auto& [state, count] : ends) all += (all.empty() ? "" : ", ") + std::to_string(count) + " " + state;
        const auto of = [&](const char* name) { return events.count(name) > 0 ? events.at(name) : 0; };
        qInfo("%d runs replayed without a difference: %zu lines, %zu failures, %zu crashes, %zu decisions (%s)", runs, of("lines"), of("failures"), of("recovered"),
              of("decided"), all.c_str());
    }
};

}  // namespace handrailtest
