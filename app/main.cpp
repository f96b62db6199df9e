#include "app/command.h"
#include "app/commandline.h"

int main(int argc, char** argv)
{
    const auto parsed = handrail::app::parseCommandLine(argc, argv);
    if (parsed.exit) return *parsed.exit;
    return handrail::app::runCommand(parsed.line, argc, argv);
}
