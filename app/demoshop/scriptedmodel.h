#pragma once

#include <httplib.h>

namespace handrail::demoshop {

/// Answers in the forms of both kinds of model service, under /scripted-model. There is no model behind
/// it: a script looks at the complaint and at what was found, and every answer says so. Words in the
/// complaint make it act up: "not sure" lowers its confidence, "look again" makes it go round in a
/// circle, "at once" makes it obey the complaint instead of the facts, and with "long story" the first
/// of the two models only talks.
void addScriptedModel(httplib::Server& server);

}  // namespace handrail::demoshop
