#include <QDirIterator>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

/// The house: which room may include which. A room not named on the right is out of bounds.
class ArrowsTest : public QObject {
    Q_OBJECT

    static QString roomOf(const QString& path)
    {
        const QStringList parts = path.split(u'/');
        if (parts.first() != QStringLiteral("agentcore")) return parts.first();
        if (parts.size() > 2) return QStringLiteral("agentcore/") + parts.at(1);
        const QString name = parts.last().section(u'.', 0, 0);
        static const QStringList facade{u"runtime"_qs, u"reader"_qs, u"dashboard"_qs, u"watching"_qs, u"replaying"_qs, u"drilling"_qs, u"agents"_qs};
        if (facade.contains(name) || name.startsWith(QStringLiteral("audit"))) return QStringLiteral("facade");
        if (name == QStringLiteral("failurecatalogue") || name.startsWith(QStringLiteral("failure"))) return QStringLiteral("failure");
        return QStringLiteral("ground");
    }

    static QSet<QString> rooms(const QString& names)
    {
        const QStringList list = names.split(u' ', Qt::SkipEmptyParts);
        return QSet<QString>(list.begin(), list.end());
    }

    static QMap<QString, QSet<QString>> allowed()
    {
        const QString base = QStringLiteral(" ground failure");
        const QString core = QStringLiteral("agentcore/");
        QMap<QString, QSet<QString>> map;
        map[QStringLiteral("ground")] = rooms(QStringLiteral("failure"));
        map[QStringLiteral("failure")] = {};
        map[core + QStringLiteral("schema")] = rooms(base);
        map[core + QStringLiteral("definition")] = rooms(base + QStringLiteral(" agentcore/schema"));
        map[core + QStringLiteral("decide")] = rooms(base + QStringLiteral(" agentcore/schema agentcore/definition"));
        map[core + QStringLiteral("wire")] = rooms(base);
        map[core + QStringLiteral("store")] = rooms(base + QStringLiteral(" agentcore/decide"));
        map[core + QStringLiteral("tools")] = rooms(base + QStringLiteral(" agentcore/schema agentcore/definition agentcore/wire"));
        map[core + QStringLiteral("planner")] = rooms(base + QStringLiteral(" agentcore/schema agentcore/definition agentcore/decide agentcore/wire"));
        map[core + QStringLiteral("replay")] = rooms(base + QStringLiteral(" agentcore/schema agentcore/definition agentcore/decide"));
        map[core + QStringLiteral("act")] = rooms(base + QStringLiteral(" agentcore/schema agentcore/definition agentcore/decide"
                                                         " agentcore/store agentcore/tools agentcore/planner agentcore/wire"));
        map[core + QStringLiteral("watch")] = rooms(base + QStringLiteral(" agentcore/definition agentcore/decide agentcore/store agentcore/tools agentcore/wire"));
        map[QStringLiteral("facade")] = rooms(base + QStringLiteral(" agentcore/act agentcore/decide agentcore/definition"
                                                     " agentcore/replay agentcore/store agentcore/tools agentcore/watch agentcore/wire"));
        map[QStringLiteral("models")] = rooms(base + QStringLiteral(" facade"));
        map[QStringLiteral("ui")] = rooms(base + QStringLiteral(" models"));
        map[QStringLiteral("app")] = rooms(base + QStringLiteral(" facade agentcore/definition models ui"));
        return map;
    }

    struct Include {
        QString file;
        QString included;
    };

    static QList<Include> includes(bool system)
    {
        const QRegularExpression pattern(system ? QStringLiteral("^#include <([^>]+)>") : QStringLiteral("^#include \"([^\"]+)\""),
                                         QRegularExpression::MultilineOption);
        QList<Include> found;
        const QDir root(QStringLiteral(SOURCE_DIR));
        for (const auto* room : {"agentcore", "models", "ui", "app"}) {
            QDirIterator files(root.filePath(QString::fromLatin1(room)), {QStringLiteral("*.h"), QStringLiteral("*.cpp")},
                               QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                if (!file.open(QIODevice::ReadOnly)) continue;
                const QString text = QString::fromUtf8(file.readAll());
                auto matches = pattern.globalMatch(text);
                while (matches.hasNext()) found.append({root.relativeFilePath(file.fileName()), matches.next().captured(1)});
            }
        }
        return found;
    }

private slots:
    void every_include_points_down()
    {
        const auto map = allowed();
        QStringList wrong;
        int seen = 0;
        for (const auto& [file, included] : includes(false)) {
            if (!included.contains(u'/')) continue;  // a generated .moc beside its source
            ++seen;
            const QString from = roomOf(file);
            const QString to = roomOf(included);
            if (from == to) continue;
            if (!map.contains(from) || !map[from].contains(to)) wrong.append(file + QStringLiteral(" -> ") + included);
        }
        QVERIFY2(seen > 100, "the sources were not found");
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    void only_its_room_uses_a_library_data()
    {
        QTest::addColumn<QString>("header");
        QTest::addColumn<QStringList>("rooms");
        QTest::newRow("SQL only in the store and the demo shop")
            << QStringLiteral("^sqlite3\\.h$") << QStringList{QStringLiteral("agentcore/store/"), QStringLiteral("app/demoshop/")};
        QTest::newRow("curl only in the wire") << QStringLiteral("^curl/") << QStringList{QStringLiteral("agentcore/wire/")};
        QTest::newRow("no window classes in the core and the models")
            << QStringLiteral("^(QtWidgets/|QtGui/|QWidget|QLabel|QDialog|QPainter|QApplication|QMainWindow)")
            << QStringList{QStringLiteral("ui/"), QStringLiteral("app/")};
        QTest::newRow("no Qt at all where things are pure")
            << QStringLiteral("^Q") << QStringList{QStringLiteral("agentcore/wire/"), QStringLiteral("agentcore/tools/"),
                                                   QStringLiteral("agentcore/act/"), QStringLiteral("agentcore/runtime"),
                                                   QStringLiteral("agentcore/watch/"), QStringLiteral("agentcore/watching"), QStringLiteral("agentcore/drilling"), QStringLiteral("agentcore/planner/"), QStringLiteral("models/"),
                                                   QStringLiteral("ui/"), QStringLiteral("app/")};
    }
    void only_its_room_uses_a_library()
    {
        QFETCH(QString, header);
        QFETCH(QStringList, rooms);
        const QRegularExpression pattern(header);
        QStringList wrong;
        for (const auto& [file, included] : includes(true)) {
            if (!pattern.match(included).hasMatch()) continue;
            bool isHome = false;
            for (const auto& room : rooms) isHome = isHome || file.startsWith(room);
            if (!isHome) wrong.append(file + QStringLiteral(" uses <") + included + u'>');
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    void only_the_clock_reads_the_time()
    {
        const QRegularExpression reading(QStringLiteral("clock_gettime|gettimeofday|currentDateTime|currentMSecsSinceEpoch|currentTime\\(|"
                                                        "currentDate\\(|_clock::now|QElapsedTimer|\\btime\\((nullptr|NULL|0)\\)"));
        QStringList wrong;
        const QDir root(QStringLiteral(SOURCE_DIR));
        for (const auto* room : {"agentcore", "models", "ui", "app"}) {
            QDirIterator files(root.filePath(QString::fromLatin1(room)), {QStringLiteral("*.h"), QStringLiteral("*.cpp")},
                               QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                const QString name = root.relativeFilePath(file.fileName());
                if (name != QStringLiteral("agentcore/clock.cpp") && reading.match(QString::fromUtf8(file.readAll())).hasMatch()) wrong.append(name);
            }
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    void no_file_is_longer_than_five_hundred_lines()
    {
        QStringList wrong;
        const QDir root(QStringLiteral(SOURCE_DIR));
        for (const auto* room : {"agentcore", "models", "ui", "app", "tests"}) {
            QDirIterator files(root.filePath(QString::fromLatin1(room)), {QStringLiteral("*.h"), QStringLiteral("*.cpp")},
                               QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                if (file.fileName().contains(u"/node_modules/"_qs)) continue;  // written by others
                QVERIFY(file.open(QIODevice::ReadOnly));
                const auto lines = file.readAll().count('\n');
                if (lines > 500) wrong.append(root.relativeFilePath(file.fileName()) + QStringLiteral(": %1").arg(lines));
            }
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }
};

QTEST_GUILESS_MAIN(ArrowsTest)
#include "arrowstest.moc"
