#include "agentcore/failure.h"

namespace handrail {

Failure failure(Code code, std::string message, std::string where, std::string hint)
{
    if (hint.empty()) hint = codeInfo(code).nextStep;
    return {std::move(code), std::move(message), std::move(where), std::move(hint)};
}

}  // namespace handrail
