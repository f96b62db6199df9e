#pragma once

#include "tests/support/definitions.h"

namespace handrailtest {

/// An agent that reads, then makes a payment that waits for a person.
inline QString payDesk()
{
    return agent(readTool(q("find")) + q(",") + writeTool(q("pay"), q("write_keyed"), q(R"(, "gate": "payment")")),
                 step(q("one"), q("find")) + q(",") + step(q("two"), q("pay"), q(R"({"amount": "5"})")));
}

}  // namespace handrailtest
