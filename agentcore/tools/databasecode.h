#pragma once

#include <string_view>

#include "agentcore/failure.h"
#include "agentcore/json.h"

namespace handrail::tools {

/// The T70x code of an error that a database tells through PostgREST: the SQLSTATE in `code`, known by
/// the four members that it always sends. Empty for any other body, and for a state that says nothing
/// about sending the call again.
Code databaseCode(const Json& body);

/// The same of what a command has written: psql's verbose form ("ERROR:  40001: …") and SQLite's shell.
Code databaseCodeIn(std::string_view errors);

}  // namespace handrail::tools
