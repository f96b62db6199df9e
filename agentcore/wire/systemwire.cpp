#include "agentcore/wire/commandcall.h"
#include "agentcore/wire/httpcall.h"
#include "agentcore/wire/wire.h"

namespace handrail::wire {
namespace {

class SystemWire final : public Wire {
public:
    Call* http(const HttpRequest& request, QObject* parent) override { return new HttpCall(request, loop_, parent); }
    Call* command(const CommandRequest& request, QObject* parent) override
    {
        return new CommandCall(request, *clock_, parent);
    }

private:
    CurlLoop loop_;
    std::unique_ptr<Clock> clock_ = systemClock();
};

}  // namespace

std::unique_ptr<Wire> systemWire() { return std::make_unique<SystemWire>(); }

}  // namespace handrail::wire
