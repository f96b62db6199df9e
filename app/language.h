#pragma once

#include <QLocale>

class QCoreApplication;

namespace handrail::app {

/// Puts the words of a locale in force, ours and those of Qt's own dialogs, and its forms of numbers and
/// dates. English without a translation of that language. Call before anything is shown.
void speak(QCoreApplication& application, const QLocale& locale);

}  // namespace handrail::app
