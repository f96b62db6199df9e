#include "agentcore/failure.h"

namespace handrail {

CodeInfo codeInfo(const Code& code)
{
    return {code, "unlisted failure", "Something failed that has no entry in the catalogue.",
            "Keep the journal of this run and report it.", Fault::Ours};
}

const std::vector<Code>& allCodes()
{
    static const std::vector<Code> codes{"X000"};
    return codes;
}

}  // namespace handrail
