#pragma once

#include <string>

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include "tests/support/npm.h"

namespace handrailtest {

/// A model service that others wrote, on a free port, answering by the model's name and by how far the conversation has come.
class ModelService {
public:
    explicit ModelService(const QString& folder)
    {
        const QString answers = folder + QStringLiteral("/answers.json");
        QFile file(answers);
        if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write");
        file.write(script);
        file.close();
        process_.setProcessChannelMode(QProcess::MergedChannels);
        process_.start(npmNode(), {npmPackages() + QStringLiteral("@copilotkit/aimock/dist/cli.js"), QStringLiteral("-p"), QStringLiteral("0"), QStringLiteral("-f"), answers});
        const QRegularExpression listening(QStringLiteral("listening on http://127\\.0\\.0\\.1:([0-9]+)"));
        (void)QTest::qWaitFor([&] {
            said_ += QString::fromUtf8(process_.readAll());
            port_ = listening.match(said_).captured(1);
            return !port_.isEmpty();
        }, 15'000);
    }
    ~ModelService()
    {
        process_.kill();
        process_.waitForFinished(5'000);
    }
    std::string url() const { return ("http://127.0.0.1:" + port_).toStdString(); }
    bool isUp() const { return !port_.isEmpty(); }

private:
    static constexpr const char* script = R"json({"fixtures": [
        {"match": {"model": "busy"}, "response": {"error": {"message": "Overloaded", "type": "overloaded_error"}, "status": 529}},
        {"match": {"model": "broke"}, "response": {"error": {"message": "You exceeded your current quota", "type": "insufficient_quota", "code": "insufficient_quota"}, "status": 429}},
        {"match": {"model": "cut"}, "response": {"toolCalls": [{"name": "find_order", "arguments": "{\"order_id\": \"10"}], "finishReason": "length"}},
        {"match": {"turnIndex": 0}, "response": {"toolCalls": [{"name": "find_order", "arguments": {"order_id": "1043", "_why": "Look at the order first.", "_confidence": 0.95}}]}},
        {"match": {"turnIndex": 1}, "response": {"toolCalls": [{"name": "refund", "arguments": {"order_id": "1043", "amount": "86.40", "currency": "EUR", "recipient": "Nordwind KG", "_why": "It never came.", "_confidence": 0.95}}]}},
        {"match": {"turnIndex": 2}, "response": {"toolCalls": [{"name": "_finish", "arguments": {"summary": "The buyer has the money back."}}]}}]})json";
    QProcess process_;
    QString said_;
    QString port_;
};

}  // namespace handrailtest
