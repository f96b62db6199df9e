#pragma once

#include <QFile>
#include <QTest>

/// What others wrote and npm brings, for tests that need it (tests/mcp/package.json).
namespace handrailtest {

inline QString npmPackages() { return QStringLiteral(MCP_FOLDER) + QStringLiteral("/node_modules/"); }

/// The runtime that came with the packages; empty when they are not installed.
inline QString npmNode()
{
    for (const char* machine : {"x64", "arm64"}) {
        const QString path = npmPackages() + QStringLiteral("node-linux-%1/bin/node").arg(QString::fromLatin1(machine));
        if (QFile::exists(path)) return path;
    }
    return {};
}

/// For initTestCase(): skips the test where the packages are not there, and fails it where they must be.
inline void needNpm()
{
    if (!npmNode().isEmpty()) return;
    QVERIFY2(qgetenv("HANDRAIL_NPM") != "1", "The npm packages of tests/mcp are not installed.");
    QSKIP("The npm packages of tests/mcp are not installed; tests/run.sh installs them.");
}

}  // namespace handrailtest
