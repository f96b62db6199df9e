#include "agentcore/wire/childprocess.h"
#include "agentcore/wire/commandcall.h"
#include "agentcore/wire/httpcall.h"
#include "agentcore/wire/mailcall.h"
#include "agentcore/wire/whyunresolved.h"
#include "agentcore/wire/wire.h"

namespace handrail::wire {
namespace {

class SystemWire final : public Wire {
public:
    explicit SystemWire(WireOptions options) : options_(std::move(options)) {}

    Call* http(const HttpRequest& request, QObject* parent) override { return new HttpCall(request, options_, loop_, parent); }
    Call* command(const CommandRequest& request, QObject* parent) override
    {
        return new CommandCall(request, *clock_, parent);
    }
    Child* child(const ChildRequest& request, QObject* parent) override { return new ChildProcess(request, parent); }
    Call* mail(const MailRequest& request, QObject* parent) override { return new MailCall(request, options_, parent); }

private:
    WireOptions options_;
    CurlLoop loop_;
    std::unique_ptr<Clock> clock_ = systemClock();
};

}  // namespace

std::unique_ptr<Wire> systemWire(WireOptions options)
{
    if (!options.lookup) options.lookup = systemLookup();
    return std::make_unique<SystemWire>(std::move(options));
}

}  // namespace handrail::wire
