// Runs the public JSON-Schema-Test-Suite: every required test of draft 7 and of 2020-12.
#include <QTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "agentcore/schema/schema.h"

using namespace handrail;
namespace fs = std::filesystem;

namespace {

const fs::path suiteFolder = "/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance/tests";
constexpr const char* howToInstall =
    "The JSON-Schema-Test-Suite is not installed: apt-get install --no-install-recommends "
    "libtest-json-schema-acceptance-perl";

struct Count {
    int passed = 0;
    int failed = 0;
    std::vector<std::string> names;
};

Json withDraft(Json schema, const std::string& draft)
{
    if (schema.is_object() && !schema.contains("$schema")) schema["$schema"] = draft;
    return schema;
}

/// The documents that the suite lays at an address of its own, handed in: nothing is fetched.
schema::Library remotes()
{
    schema::Library library;
    const fs::path folder = suiteFolder.parent_path() / "remotes";
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".json") continue;
        std::ifstream stream(entry.path());
        library["http://localhost:1234/" + fs::relative(entry.path(), folder).string()] = Json::parse(stream, nullptr, false);
    }
    return library;
}

/// What is refused when the schema is read counts as failed, whatever the reason.
void runGroup(const Json& group, const std::string& draft, const std::string& file, Count& count)
{
    static const schema::Library library = remotes();
    const auto compiled = schema::Schema::compile(withDraft(group["schema"], draft), library);
    if (!compiled) {
        count.failed += static_cast<int>(group["tests"].size());
        count.names.push_back(file + ": " + textOf(group, "description") + ": " + compiled.failure().message);
        return;
    }
    for (const auto& test : group["tests"]) {
        const bool asExpected = compiled.value()->fits(test["data"]) == truthOf(test, "valid") &&
                                compiled.value()->check(test["data"]).empty() == truthOf(test, "valid");
        ++(asExpected ? count.passed : count.failed);
        if (!asExpected) {
            count.names.push_back(file + ": " + textOf(group, "description") + ": " + textOf(test, "description"));
        }
    }
}

std::vector<fs::path> filesIn(const fs::path& folder)
{
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

Count runFiles(const std::vector<fs::path>& files, const std::string& draft)
{
    Count count;
    for (const auto& file : files) {
        std::ifstream stream(file);
        std::stringstream text;
        text << stream.rdbuf();
        // The suite is trusted data and holds numbers that strict JSON refuses.
        const Json groups = Json::parse(text.str(), nullptr, false);
        for (const auto& group : groups) runGroup(group, draft, file.filename().string(), count);
    }
    return count;
}

void print(const char* what, const Count& count)
{
    const int all = count.passed + count.failed;
    std::cout << what << ": " << count.passed << " of " << all << " required tests passed (" << std::to_string(all > 0 ? 100.0 * count.passed / all : 0).substr(0, 5) << "%)\n";
    for (const auto& name : count.names) std::cout << "  " << name << "\n";
}

}  // namespace

class SchemaSuiteTest : public QObject {
    Q_OBJECT
private slots:
    void the_public_suite_passes_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("schema");
        QTest::addColumn<int>("least");
        QTest::newRow("draft 7") << "draft7" << "http://json-schema.org/draft-07/schema#" << 850;
        QTest::newRow("2020-12") << "draft2020-12" << "https://json-schema.org/draft/2020-12/schema" << 1150;
    }
    void the_public_suite_passes()
    {
        QFETCH(QString, folder);
        QFETCH(QString, schema);
        QFETCH(int, least);
        QVERIFY2(fs::is_directory(suiteFolder), howToInstall);
        const Count count = runFiles(filesIn(suiteFolder / folder.toStdString()), schema.toStdString());
        print(QTest::currentDataTag(), count);
        QVERIFY(count.passed >= least);
        QVERIFY(count.failed * 100 <= count.passed + count.failed);
    }

    void the_formats_that_assert_pass_their_optional_tests()
    {
        QVERIFY2(fs::is_directory(suiteFolder), howToInstall);
        std::vector<fs::path> files;
        for (const char* name : {"date-time", "date", "email", "uri", "uuid"}) {
            files.push_back(suiteFolder / "draft2020-12/optional/format" / (std::string(name) + ".json"));
        }
        const Count count = runFiles(files, "https://json-schema.org/draft/2020-12/schema");
        print("formats", count);
        QVERIFY(count.passed >= 100);
        QCOMPARE(count.failed, 0);
    }
};

QTEST_GUILESS_MAIN(SchemaSuiteTest)
#include "schemasuitetest.moc"
