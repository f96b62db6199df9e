#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

/// What a person reads in the window is there in every language that the window claims to speak.
class TranslationTest : public QObject {
    Q_OBJECT

    static QString contentOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

    /// What stands between the quotes of C++ literals that follow each other.
    static QString joined(const QString& literals)
    {
        static const QRegularExpression one(QStringLiteral("\"((?:[^\"\\\\]|\\\\.)*)\""));
        QString text;
        auto parts = one.globalMatch(literals);
        while (parts.hasNext()) text += parts.next().captured(1);
        return text.replace(QStringLiteral("\\n"), QStringLiteral("\n")).replace(QStringLiteral("\\\""), QStringLiteral("\"")).replace(QStringLiteral("\\\\"), QStringLiteral("\\"));
    }

    /// A text, and the class in whose context Qt looks for it; empty where that cannot be told from the source.
    struct Said {
        QString file;
        QString context;
        QString text;
    };

    static QStringList sources(const QString& ending)
    {
        QStringList paths;
        for (const auto* room : {"app", "ui", "models"}) {
            QDirIterator files(QStringLiteral(SOURCE_DIR "/") + QString::fromLatin1(room), {ending}, QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) paths.append(files.next());
        }
        return paths;
    }

    /// The classes that have a context of their own.
    static QSet<QString> classes()
    {
        const QRegularExpression declared(QStringLiteral("class (\\w+)[^;{]*\\{\\s*Q_OBJECT"));
        QSet<QString> names;
        for (const auto& path : sources(QStringLiteral("*.h"))) {
            const QString content = contentOf(path);
            auto found = declared.globalMatch(content);
            while (found.hasNext()) names.insert(found.next().captured(1));
        }
        return names;
    }

    static QList<Said> saidIn(const QString& path, const QSet<QString>& known)
    {
        const QString literal = QStringLiteral("((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*)+)");
        const QRegularExpression call(QStringLiteral("\\b(?:(?:(\\w+)::)?tr\\(|say\\(|(?:translate|QT_TRANSLATE_NOOP)\\(\\s*\"([^\"]*)\",\\s*)") + literal);
        const QRegularExpression member(QStringLiteral("^(?:[\\w:<>*&, ]+[ *&])?(\\w+)::~?\\w+\\("), QRegularExpression::MultilineOption);
        const QString content = contentOf(path);
        QList<Said> texts;
        auto found = call.globalMatch(content);
        while (found.hasNext()) {
            const auto match = found.next();
            QString context = match.captured(1) + match.captured(2).section(QStringLiteral("::"), -1);
            if (context.isEmpty() && match.captured().startsWith(QStringLiteral("tr("))) {
                auto before = member.globalMatch(content.left(match.capturedStart()));
                while (before.hasNext()) context = before.next().captured(1);
            }
            texts.append({path, known.contains(context) ? context : QString(), joined(match.captured(3))});
        }
        return texts;
    }

    /// Every text that has a translation, alone and behind its context.
    static QSet<QString> translated()
    {
        QSet<QString> sources;
        QXmlStreamReader xml(contentOf(QStringLiteral(SOURCE_DIR "/resources/translations/handrail_de.ts")));
        QString context;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement) continue;
            if (xml.name() == QStringLiteral("name")) context = xml.readElementText().section(QStringLiteral("::"), -1);
            if (xml.name() != QStringLiteral("source")) continue;
            const QString source = xml.readElementText();
            sources.insert(source);
            sources.insert(context + u'|' + source);
        }
        return sources;
    }

private slots:
    void everything_that_the_window_says_can_be_read_in_german()
    {
        const auto known = classes();
        const auto have = translated();
        QStringList missing;
        int count = 0;
        int inContext = 0;
        for (const auto& path : sources(QStringLiteral("*.cpp"))) {
            for (const auto& said : saidIn(path, known)) {
                ++count;
                inContext += !said.context.isEmpty();
                const QString wanted = said.context.isEmpty() ? said.text : said.context + u'|' + said.text;
                if (!have.contains(wanted)) missing.append(said.file.section(u'/', -1) + QStringLiteral(": ") + wanted);
            }
        }
        QVERIFY(count > 500);
        QVERIFY(inContext > 400);
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
    }

    void every_translation_is_whole_and_keeps_what_is_filled_in()
    {
        QFile file(QStringLiteral(SOURCE_DIR "/resources/translations/handrail_de.ts"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&file);
        QString source;
        int count = 0;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement) continue;
            if (xml.name() == u"source"_qs) source = xml.readElementText();
            const bool isPlural = xml.name() == u"numerusform"_qs;
            if (xml.name() == u"translation"_qs) QVERIFY2(!xml.attributes().hasAttribute(u"type"_qs), qPrintable(source));
            if (!isPlural && (xml.name() != u"translation"_qs || (source.contains(u"%n"_qs) || source.contains(u"%Ln"_qs)))) continue;
            const QString said = xml.readElementText();
            QVERIFY2(!said.trimmed().isEmpty(), qPrintable(source));
            for (const auto& place : {u"%1"_qs, u"%2"_qs, u"%3"_qs, u"%4"_qs, u"%n"_qs, u"%Ln"_qs}) {
                QVERIFY2(source.count(place) == said.count(place), qPrintable(source + u" -> "_qs + said));
            }
            ++count;
        }
        QVERIFY(!xml.hasError());
        QVERIFY(count > 500);
    }
};

QTEST_GUILESS_MAIN(TranslationTest)
#include "translationtest.moc"
