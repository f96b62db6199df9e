#include "agentcore/failure.h"

#include <map>

#include "agentcore/failuretables.h"

namespace handrail {
namespace {

constexpr int firstStatus = 400;
constexpr int lastStatus = 599;

/// A status without words of its own: its hundred says whose doing it is.
CodeInfo statusByRule(int status)
{
    const std::string number = std::to_string(status);
    if (status < 500) {
        return {"T" + number, "refused with status " + number,
                "The service refused the request with status " + number + ", so nothing was changed there.",
                "Read the service's answer in the ticket, correct the arguments or the definition, then retry.",
                Fault::Ours};
    }
    return {"T" + number, "service failed with status " + number,
            "The service failed with status " + number + " and did not say whether the call took effect.",
            "Check the service's own status page; for a write, look there whether it happened before you retry.",
            Fault::Theirs};
}

class Catalogue {
public:
    Catalogue()
    {
        for (const auto& line : toolLines().first(transportCount())) add(line);
        addStatuses();
        for (const auto& line : toolLines().subspan(transportCount())) add(line);
        for (const auto& line : workLines()) add(line);
    }

    const std::vector<Code>& codes() const { return codes_; }

    CodeInfo info(const Code& code) const
    {
        const auto found = infos_.find(code);
        if (found != infos_.end()) return found->second;
        CodeInfo unlisted = infos_.at("X000");
        unlisted.code = code;
        return unlisted;
    }

private:
    /// T1xx come before the statuses, T6xx and T7xx after them.
    static std::size_t transportCount()
    {
        std::size_t count = 0;
        for (const auto& line : toolLines()) count += line.code[1] == '1' ? 1 : 0;
        return count;
    }

    void add(CodeInfo info)
    {
        codes_.push_back(info.code);
        infos_.emplace(info.code, std::move(info));
    }

    void add(const CatalogueLine& line)
    {
        add(CodeInfo{line.code, line.title, line.sentence, line.nextStep, line.fault});
    }

    /// All statuses in order, each with the suffixed codes that belong to it right behind.
    void addStatuses()
    {
        auto written = statusLines();
        for (int status = firstStatus; status <= lastStatus; ++status) {
            const Code code = "T" + std::to_string(status);
            if (written.empty() || written.front().code != code) add(statusByRule(status));
            while (!written.empty() && Code(written.front().code).starts_with(code)) {
                add(written.front());
                written = written.subspan(1);
            }
        }
    }

    std::vector<Code> codes_;
    std::map<Code, CodeInfo> infos_;
};

const Catalogue& catalogue()
{
    static const Catalogue instance;
    return instance;
}

}  // namespace

CodeInfo codeInfo(const Code& code) { return catalogue().info(code); }

const std::vector<Code>& allCodes() { return catalogue().codes(); }

}  // namespace handrail
