#pragma once

#include <QString>

#include "agentcore/json.h"

/// JSON for the rows of a test, in single quotes, which are easier to read there. Strict.
inline handrail::Json json(QString text)
{
    return handrail::parseJson(text.replace(u'\'', u'"').toStdString()).take();
}
