#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <QObject>
#include <QProcess>
#include <QTimer>

#include "agentcore/runtime.h"

namespace handrail::app {

/// The bundled demo: a small shop with a payment gateway as a service of its own, and eleven runs
/// against it, each of which shows one thing that can go wrong. The shop ends with this process.
class Demo : public QObject {
    Q_OBJECT
public:
    explicit Demo(Runtime& runtime, QObject* parent = nullptr);
    ~Demo() override;

    /// Starts the shop with its books in `folder`, then the runs unless the store has runs already.
    void begin(const std::string& folder, bool isEmptyStore);

    const std::vector<RunId>& runs() const { return runs_; }

signals:
    /// The shop answers and the runs are started.
    void started();
    void failed(const handrail::Failure& why);

private:
    void startShop(int port);
    void lookForPort();
    void startRuns();
    void startRun(std::size_t index);

    Runtime& runtime_;
    QProcess shop_;
    QTimer poll_;
    int looks_ = 0;
    std::string folder_;
    QString portFile_;
    int port_ = 0;
    bool isEmptyStore_ = true;
    std::vector<RunId> runs_;
};

/// The bundled definitions, by name, as they stand in resources/demo.
QString demoDefinition(const QString& name);

}  // namespace handrail::app
