#pragma once

#include <QStringList>

namespace handrailtest {

/// The process that a kill campaign kills: the real driver, store and wire on one folder.
/// Arguments: FOLDER PORT RUNS PLANT. Starts RUNS runs and recovers what is there; says "started ID" for
/// each that is acknowledged and "done" when all of them are at a stop. PLANT puts a defect in:
/// "late" acknowledges a commit before it is made, "newkey" gives each attempt a key of its own.
int killWorker(const QStringList& arguments);

}  // namespace handrailtest
