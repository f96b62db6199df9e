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

    /// Every text of the window's sources, with the file that says it.
    static QMap<QString, QString> said()
    {
        const QString literal = QStringLiteral("((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*)+)");
        const QRegularExpression call(QStringLiteral("\\b(?:(?:tr|say)\\(|(?:translate|QT_TRANSLATE_NOOP)\\(\\s*\"[^\"]*\",\\s*)") + literal);
        QMap<QString, QString> texts;
        const QDir root(QStringLiteral(SOURCE_DIR));
        for (const auto* room : {"app", "ui", "models"}) {
            QDirIterator files(root.filePath(QString::fromLatin1(room)), {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                const QString path = files.next();
                auto found = call.globalMatch(contentOf(path));
                while (found.hasNext()) texts.insert(joined(found.next().captured(1)), root.relativeFilePath(path));
            }
        }
        return texts;
    }

    struct Known {
        QSet<QString> sources;
        QStringList empty;  ///< without words, or not finished
        QStringList places; ///< whose %1, %2, %n are not those of the source
    };
    static QStringList placesOf(const QString& text)
    {
        static const QRegularExpression place(QStringLiteral("%(?:L?n|L?[0-9])"));
        QStringList found;
        auto all = place.globalMatch(text);
        while (all.hasNext()) found.append(all.next().captured());
        found.sort();
        found.removeDuplicates();
        return found;
    }
    static Known known()
    {
        Known known;
        QXmlStreamReader xml(contentOf(QStringLiteral(SOURCE_DIR "/resources/translations/handrail_de.ts")));
        QString source;
        bool hasForms = false;
        while (!xml.atEnd()) {
            xml.readNext();
            if (!xml.isStartElement()) continue;
            const auto name = xml.name();
            if (name == QStringLiteral("message")) hasForms = xml.attributes().hasAttribute(QStringLiteral("numerus"));
            if (name == QStringLiteral("source")) known.sources.insert(source = xml.readElementText());
            if (name == QStringLiteral("translation") && xml.attributes().hasAttribute(QStringLiteral("type"))) known.empty.append(source);
            // With several forms they stand in elements of their own.
            const bool isWords = (name == QStringLiteral("translation") && !hasForms) || name == QStringLiteral("numerusform");
            if (!isWords) continue;
            const QString words = xml.readElementText();
            if (words.trimmed().isEmpty()) known.empty.append(source);
            else if (placesOf(words) != placesOf(source)) known.places.append(source);
        }
        return known;
    }

private slots:
    void everything_that_the_window_says_can_be_read_in_german()
    {
        const auto texts = said();
        QVERIFY(texts.size() > 500);
        const auto have = known();
        QStringList missing;
        for (auto text = texts.cbegin(); text != texts.cend(); ++text) {
            if (!have.sources.contains(text.key())) missing.append(text.value() + QStringLiteral(": ") + text.key());
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
    }

    void no_translation_is_empty_or_loses_a_place()
    {
        const auto have = known();
        QVERIFY(have.sources.size() > 500);
        QVERIFY2(have.empty.isEmpty(), qPrintable(have.empty.join(u'\n')));
        QVERIFY2(have.places.isEmpty(), qPrintable(have.places.join(u'\n')));
    }
};

QTEST_GUILESS_MAIN(TranslationTest)
#include "translationtest.moc"
