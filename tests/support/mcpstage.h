#pragma once

#include <QFile>
#include <QTest>

#include "agentcore/act/attempt.h"
#include "tests/support/definitions.h"

namespace handrailtest {

using namespace handrail;

/// An agent definition with one MCP server of ours and tools that are named like its own.
inline QString mcpAgent(const QString& server, const QString& tools, const QString& plan, const QString& more = {})
{
    return q(R"({"handrail": 1, "name": "desk", "version": "1", "environment": "test", %4
        "servers": {"fake": %1}, "tools": {%2}, "plan": [%3]})").arg(server, tools, plan, more);
}

inline QString commandServer(const QStringList& command)
{
    return q(R"({"kind": "mcp", "command": ["%1"]})").arg(command.join(QStringLiteral("\", \"")));
}

inline QString webServer(const QString& url, const QString& more = QStringLiteral(", \"allow_private\": true"))
{
    return q(R"({"kind": "mcp", "url": "%1"%2})").arg(url, more);
}

/// The program of tests/support/fakemcp.cpp, with a log of what it was told, and its habits.
inline QString fakeServer(const QString& log, const QString& habits = {})
{
    return commandServer(QStringList{QStringLiteral(FAKE_PROGRAM), log} + habits.split(u' ', Qt::SkipEmptyParts));
}

inline QString mcpTool(const QString& name, const QString& effect = QStringLiteral("read"), const QString& more = {})
{
    return q(R"("%1": {"server": "fake", "mcp": "%1", "effect": "%2"%3})").arg(name, effect, more);
}

/// The tool "t", which has another name at its server.
inline QString toolAt(const QString& name, const QString& more = {})
{
    return q(R"("t": {"server": "fake", "mcp": "%1", "effect": "read"%2})").arg(name, more);
}

/// Sessions over the real wire, and single attempts on them as the driver makes them.
class Sessions {
public:
    explicit Sessions(const QString& server, const QString& more = {})
    {
        QString tools;
        for (const char* name : {"echo", "slow", "die", "junk", "endless", "late", "ask", "fails", "internal", "grow", "vanish",
                                 "structured", "nest", "same_id", "kind", "none"}) {
            tools += (tools.isEmpty() ? QString() : QStringLiteral(",")) + mcpTool(QString::fromLatin1(name), QStringLiteral("read"), more);
        }
        const auto parsed = parseDefinition(mcpAgent(server, tools, step(QStringLiteral("a"), QStringLiteral("echo"))).toStdString());
        for (const auto& mistake : parsed.mistakes) qWarning("%s %s", mistake.where.c_str(), mistake.message.c_str());
        definition = parsed.definition;
    }

    tools::Invocation invocation(const char* tool, Json params = Json::object(), Millis limit = 60'000) const
    {
        return {definition.get(), definition->tool(tool), std::move(params), {}, limit};
    }

    /// One attempt to its end: the data of its Answered event.
    Json made(const tools::Invocation& invocation)
    {
        act::Attempt attempt(invocation, definition, nullptr);
        std::optional<wire::Reply> reply;
        QObject::connect(&attempt, &act::Attempt::finished, &attempt, [&](const wire::Reply& said) { reply = said; });
        attempt.start(*wire, *servers);
        if (!QTest::qWaitFor([&] { return reply.has_value(); }, 90'000)) return nullptr;
        return attempt.answered(*reply, 0);
    }
    Json made(const char* tool, Json params = Json::object(), Millis limit = 60'000) { return made(invocation(tool, std::move(params), limit)); }

    DefinitionPtr definition;
    std::unique_ptr<Clock> clock = systemClock();
    std::unique_ptr<wire::Wire> wire = wire::systemWire();
    std::unique_ptr<tools::McpServers> servers = std::make_unique<tools::McpServers>(*wire, *clock);
};

inline QStringList linesOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    return QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
}

/// How often the server was told something that holds this text.
inline int told(const QString& log, const QString& text) { return static_cast<int>(linesOf(log).filter(text).size()); }

}  // namespace handrailtest
