#include "app/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QTranslator>

/// A static library's resources are left out unless somebody asks for them, and the macro wants no namespace.
static void loadTranslations()
{
#ifdef HANDRAIL_TRANSLATED
    Q_INIT_RESOURCE(translations);
#endif
}

namespace handrail::app {

void speak(QCoreApplication& application, const QLocale& locale)
{
    loadTranslations();
    QLocale::setDefault(locale);
    auto* qt = new QTranslator(&application);
    if (qt->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"), QLibraryInfo::path(QLibraryInfo::TranslationsPath))) application.installTranslator(qt);
    // English has a file too: its plurals.
    auto* own = new QTranslator(&application);
    if (own->load(locale, QStringLiteral("handrail"), QStringLiteral("_"), QStringLiteral(":/translations")) ||
        own->load(QStringLiteral("handrail_en"), QStringLiteral(":/translations"))) {
        application.installTranslator(own);
    }
}

}  // namespace handrail::app
