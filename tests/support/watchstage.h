#pragma once

#include <QFile>

#include "agentcore/schema/schema.h"
#include "agentcore/watch/logfile.h"
#include "agentcore/watch/watcher.h"
#include "tests/support/definitions.h"
#include "tests/support/stage.h"

namespace handrailtest {

/// A driver and a watch on one store, each with a wire of its own, on one clock.
struct WatchStage : Stage {
    explicit WatchStage(const std::string& at) : Stage(at) { watch(); }
    ~WatchStage() { watcher.reset(); }

    void watch(watch::LogSize size = {})
    {
        watcher.reset();
        reader = store::openReadStore(folder).take();
        watcher = std::make_unique<watch::Watcher>(watch::Doors{reader.get(), &people, &clock, folder, size, {}});
        QObject::connect(watcher.get(), &watch::Watcher::desktopTold, watcher.get(),
                         [this](const std::vector<InboxRow>& rows) { desktop.insert(desktop.end(), rows.begin(), rows.end()); });
        // The one door by which the watch writes.
        QObject::connect(watcher.get(), &watch::Watcher::found, watcher.get(), [this](const decide::Finding& finding) { driver->file(finding); });
        QObject::connect(watcher.get(), &watch::Watcher::countedUp, watcher.get(), [this](const std::string& cause, int count) { driver->countUp(cause, count); });
    }

    /// The log's lines, oldest first, each held against the published schema.
    std::vector<Json> lines() const
    {
        QFile published(QStringLiteral(SOURCE_DIR "/resources/schemas/log-line.schema.json"));
        if (!published.open(QIODevice::ReadOnly)) qFatal("no schema");
        const auto schema = schema::Schema::compile(parseJson(published.readAll().toStdString()).take()).take();
        QFile file(QString::fromStdString(watch::logPath(folder)));
        std::vector<Json> lines;
        if (!file.open(QIODevice::ReadOnly)) return lines;
        while (!file.atEnd()) {
            const QByteArray text = file.readLine();
            auto line = parseJson(text.trimmed().toStdString());
            if (!line) continue;
            for (const auto& mismatch : schema->check(*line)) qCritical("%s %s: %s", mismatch.at.c_str(), mismatch.message.c_str(), text.constData());
            if (!schema->fits(*line)) qFatal("a line does not fit the schema");
            lines.push_back(line.take());
        }
        return lines;
    }
    QStringList events() const
    {
        QStringList names;
        for (const auto& line : lines()) names.append(QString::fromStdString(textOf(line, "event")));
        return names;
    }
    std::optional<Json> line(const std::string& event) const
    {
        for (const auto& line : lines()) {
            if (textOf(line, "event") == event) return line;
        }
        return std::nullopt;
    }

    ScriptedWire people;  ///< webhooks and mails go here
    std::unique_ptr<store::ReadStore> reader;
    std::unique_ptr<watch::Watcher> watcher;
    std::vector<InboxRow> desktop;
};

}  // namespace handrailtest
