#include "agentcore/tools/databasecode.h"

#include <algorithm>
#include <array>

namespace handrail::tools {
namespace {

struct StateCode {
    std::string_view begins;
    const char* code;
};

/// SQLSTATEs by their beginning; what is not listed is judged by the status or exit alone.
constexpr std::array<StateCode, 9> stateCodes{{
    {"57014", "T701"}, {"HYT00", "T701"}, {"HYT01", "T701"},  // cancelled for its time
    {"55P03", "T702"}, {"55006", "T702"},                     // a lock is held
    {"40001", "T703"}, {"40P01", "T703"},                     // rolled back: serialization, deadlock
    {"23", "T704"},                                           // a constraint
    {"28", "T705"},                                           // authentication
}};

Code codeOfState(std::string_view state)
{
    if (state.size() != 5) return {};
    const auto found = std::find_if(stateCodes.begin(), stateCodes.end(), [&](const auto& line) { return state.starts_with(line.begins); });
    return found == stateCodes.end() ? Code() : Code(found->code);
}

}  // namespace

Code databaseCode(const Json& body)
{
    if (!body.is_object()) return {};
    // A member "code" may mean anything; only beside these three it is PostgREST's, which does nothing
    // but call the database: what that rolled back has not happened.
    const bool isPostgrest = body.contains("code") && body.contains("message") && body.contains("details") && body.contains("hint");
    return isPostgrest ? codeOfState(textOf(body, "code")) : Code();
}

Code databaseCodeIn(std::string_view errors)
{
    constexpr std::string_view psql = "ERROR:  ";
    if (const auto begin = errors.find(psql); begin != std::string_view::npos) {
        const std::string_view rest = errors.substr(begin + psql.size());
        return rest.size() > 5 && rest[5] == ':' ? codeOfState(rest.substr(0, 5)) : Code();
    }
    return errors.find("database is locked (5)") != std::string_view::npos ? Code("T702") : Code();
}

}  // namespace handrail::tools
