#pragma once

#include <QString>

namespace handrailtest {

/// Plain text as a string; raw literals go through here, because moc stumbles over prefixed ones.
inline QString q(const char* text) { return QString::fromUtf8(text); }

/// A definition around some tools and a plan; `more` are further members, each with its comma.
inline QString agent(const QString& tools, const QString& plan, const QString& more = {})
{
    return q(R"({"handrail": 1, "name": "desk", "version": "1", "environment": "test", %3
        "servers": {"shop": {"kind": "http", "url": "http://127.0.0.1:1", "allow_private": true}},
        "tools": {%1}, "plan": [%2]})").arg(tools, plan, more);
}

inline QString readTool(const QString& name, const QString& more = {})
{
    return q(R"("%1": {"server": "shop", "request": {"method": "GET", "path": "/%1"}, "effect": "read"%2})")
        .arg(name, more);
}

/// A write; `effect` with what it needs: write_keyed has its header.
inline QString writeTool(const QString& name, const QString& effect, const QString& more = {})
{
    const QString key = effect == QStringLiteral("write_keyed") ? q(R"(, "key_header": "Idempotency-Key")") : QString();
    return q(R"("%1": {"server": "shop", "request": {"method": "POST", "path": "/%1", "body": "params"%3}, "effect": "%2"%4})")
        .arg(name, effect, key, more);
}

inline QString step(const QString& id, const QString& tool, const QString& with = QStringLiteral("{}"), const QString& more = {})
{
    return q(R"({"id": "%1", "title": "Do %1", "tool": "%2", "with": %3%4})").arg(id, tool, with, more);
}

}  // namespace handrailtest
