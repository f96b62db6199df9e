#pragma once

#include <string>
#include <vector>

#include "agentcore/json.h"

namespace handrailtest {

using handrail::Json;

/// Lies that are too long or too odd to be written down: the body of a reply, and the code of its end.
struct Lie {
    const char* name;
    std::string body;
    const char* code;
    const char* stop;
};
inline std::string saysText(const std::string& tool, const std::string& arguments)
{
    const Json function = {{"name", tool}, {"arguments", arguments}};
    return Json({{"choices", {{{"message", {{"tool_calls", {{{"type", "function"}, {"function", function}}}}}}}}}}).dump(-1, ' ', false, Json::error_handler_t::ignore);
}
inline std::vector<Lie> lies()
{
    const auto refund = [](const std::string& id) { return saysText("refund", "{\"order_id\": \"" + id + "\", \"_confidence\": 1}"); };
    const std::string deep = "{\"a\": " + std::string(5'000, '[') + std::string(5'000, ']') + "}";
    std::string half = refund("10");
    half.insert(half.find("10"), "\xC3");
    return {
        {"arguments five thousand deep", saysText("refund", deep), "M103", "escalated"},
        {"half a letter within an argument", half, "M103", "escalated"},
        {"half of a pair of letters", refund("10\\ud800"), "M103", "escalated"},
        {"a number beyond all numbers", saysText("refund", R"({"order_id": "1042", "sum": {"value": 1e999}})"), "M103", "escalated"},
        {"a number of a thousand digits", saysText("refund", "{\"order_id\": \"1042\", \"sum\": {\"value\": " + std::string(1'000, '9') + "}}"), "M103", "escalated"},
        {"the largest of all amounts", saysText("refund", R"({"order_id": "1042", "sum": {"value": 1e308}, "_confidence": 1})"), "M106", "waiting_approval"},
        {"arguments as a text within a text", saysText("refund", R"("{\"order_id\": \"1042\"}")"), "M104", "escalated"},
        {"a tool with ten thousand letters", saysText(std::string(10'000, 'a'), "{}"), "M105", "escalated"},
        {"an id with an end in it", refund("1042\\u0000"), "M106", "waiting_approval"},
        {"an id with a space that nobody sees", refund("10\\u200b42"), "M106", "waiting_approval"},
        {"an id in letters that look alike", refund("1\\u041e42"), "M106", "waiting_approval"},
        {"an id in digits of another script", refund("\\uff11\\uff10\\uff14\\uff12"), "M106", "waiting_approval"},
        {"no confidence at all", saysText("refund", R"({"order_id": "1042"})"), "M109", "waiting_approval"},
        {"a confidence of a hundred", saysText("refund", R"({"order_id": "1042", "_confidence": 100})"), "M109", "waiting_approval"},
        {"an end and a call at once",
         R"({"choices":[{"message":{"tool_calls":[{"function":{"name":"_finish","arguments":"{\"summary\":\"Done.\"}"}},{"function":{"name":"refund","arguments":"{}"}}]}}]})",
         "M104", "escalated"},
        {"an end that is a list", saysText("_finish", R"({"summary": ["Done."]})"), "M104", "escalated"},
    };
}

}  // namespace handrailtest
