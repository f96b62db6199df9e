#pragma once

#include <fstream>
#include <sstream>
#include <string>

/// The text of a file in tests/data; empty when there is none.
inline std::string dataFile(const std::string& name)
{
    std::ifstream stream(std::string(HANDRAIL_TEST_DATA) + "/" + name);
    std::stringstream text;
    text << stream.rdbuf();
    return text.str();
}
