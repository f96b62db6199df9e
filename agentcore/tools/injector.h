#pragma once

#include <map>
#include <optional>
#include <random>
#include <string>

#include "agentcore/definition/definition.h"
#include "agentcore/wire/wire.h"

/// Failures on purpose, for drills: drawn by the definition's rates, and put in the wire's place, below
/// everything that decides about retries. A definition has them only for staging and test.
namespace handrail::tools {

/// Draws for each call of a tool whether and how it fails. The same seed and order of calls give the same
/// failures. One thread.
class Injector {
public:
    std::optional<InjectedKind> draw(const Definition& definition, const std::string& tool);

private:
    std::map<std::string, std::mt19937_64> draws_;  ///< by definition and tool
};

/// Stands for another wire in one call: fails it as told, or hands it on late. Whatever it answers says of
/// itself that it was injected. May go before its calls do; the other wire may not.
class FaultyWire final : public wire::Wire {
public:
    FaultyWire(wire::Wire& other, InjectedKind kind) : other_(other), kind_(kind) {}
    wire::Call* http(const wire::HttpRequest& request, QObject* parent) override;
    wire::Call* command(const wire::CommandRequest& request, QObject* parent) override;

private:
    wire::Wire& other_;
    InjectedKind kind_;
};

}  // namespace handrail::tools
