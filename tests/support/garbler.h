#pragma once

#include "agentcore/wire/wire.h"
#include "agentcore/json.h"

namespace handrailtest {

using handrail::Json;

/// Puts something else in the place of one value of a document, each time another.
class Garbler {
public:
    std::size_t draw(std::size_t below)
    {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::size_t>(state_ >> 33) % below;
    }

    Json garbled(Json document)
    {
        Json* at = &document;
        while (at->is_structured() && !at->empty() && draw(4) > 0) {
            auto inner = at->begin();
            std::advance(inner, static_cast<std::ptrdiff_t>(draw(at->size())));
            at = &*inner;
        }
        static const Json others[] = {nullptr, Json::array(), Json::object(), "x", "", 7, -1, 1.5, true, Json::array({1, Json::object()}), Json({{"a", nullptr}})};
        *at = others[draw(std::size(others))];
        return document;
    }

private:
    std::uint64_t state_ = 42;
};

/// A wire whose children answer every request as a good server would, but for one value in some messages.
class GarblingWire : public handrail::wire::Wire {
public:
    class Liar : public handrail::wire::Child {
    public:
        Liar(Garbler& garbler, QObject* parent) : Child(parent), garbler_(garbler) {}
        bool write(const std::string& line) override
        {
            const Json message = Json::parse(line);
            if (!message.contains("method") || !message.contains("id")) return garbler_.draw(50) > 0;
            for (Json& said : answersTo(message)) {
                if (garbler_.draw(6) == 0) said = garbler_.garbled(said);
                QMetaObject::invokeMethod(this, [this, text = said.dump()] { Q_EMIT this->said(text); }, Qt::QueuedConnection);
            }
            return true;
        }

    private:
        std::vector<Json> answersTo(const Json& message)
        {
            const std::string method = message["method"];
            const Json id = message["id"];
            const auto result = [&](Json value) { return Json{{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(value)}}; };
            const Json form = {{"message", "?"}, {"requestedSchema", {{"type", "object"}, {"properties", {{"c", {{"type", "string"}, {"default", "d"}}}}}}}};
            if (method == "server/discover") return {result({{"supportedVersions", {garbler_.draw(2) ? "2026-07-28" : "2025-06-18"}}, {"ttlMs", 1}})};
            if (method == "initialize") return {result({{"protocolVersion", "2025-11-25"}, {"capabilities", Json::object()}})};
            if (method == "tools/list") {
                return {result({{"ttlMs", 0}, {"tools", {{{"name", "echo"}, {"description", "d"}, {"annotations", {{"readOnlyHint", true}}}, {"inputSchema", {{"properties", {{"a", {{"type", "string"}, {"x-mcp-header", "A"}}}}}}}}}}})};
            }
            const Json progress = {{"jsonrpc", "2.0"}, {"method", "notifications/progress"}, {"params", {{"progressToken", id}, {"progress", 1}, {"total", 2}}}};
            const Json log = {{"jsonrpc", "2.0"}, {"method", "notifications/message"}, {"params", {{"level", "info"}, {"data", {{"a", 1}}}}}};
            const Json question = {{"jsonrpc", "2.0"}, {"id", id}, {"method", "elicitation/create"}, {"params", form}};
            if (garbler_.draw(3) == 0) return {result({{"resultType", "input_required"}, {"inputRequests", {{"q", {{"method", "elicitation/create"}, {"params", form}}}}}, {"requestState", "s"}})};
            return {progress, log, question, result({{"content", {{{"type", "text"}, {"text", "t"}}}}, {"structuredContent", {{"a", 1}}}})};
        }

        Garbler& garbler_;
    };

    handrail::wire::Call* http(const handrail::wire::HttpRequest&, QObject* parent) override { return new handrail::wire::Call(parent); }
    handrail::wire::Call* command(const handrail::wire::CommandRequest&, QObject* parent) override { return new handrail::wire::Call(parent); }
    handrail::wire::Call* mail(const handrail::wire::MailRequest&, QObject* parent) override { return new handrail::wire::Call(parent); }
    handrail::wire::Child* child(const handrail::wire::ChildRequest&, QObject* parent) override { return new Liar(garbler, parent); }

    Garbler garbler;
};

}  // namespace handrailtest
