#include "agentcore/failuretables.h"

namespace handrail {
namespace {

constexpr CatalogueLine toolTable[] = {
    {"T101", "name not found", "The server's name does not exist, so the call was never sent.",
     "Check the server's url in the definition for a typing error, then retry.", Fault::Ours},
    {"T102", "name service busy", "The name service gave no answer for now, so the call was never sent.",
     "Wait a minute and retry; if it stays, check this machine's network and DNS.", Fault::Theirs},
    {"T103", "connection refused", "Nothing listens at the server's address, so the call was never sent.",
     "Check that the service is running and that the port in the definition is right, then retry.", Fault::Theirs},
    {"T104", "connect timed out", "The server could not be reached in time, so the call was never sent.",
     "Check the network, firewall and VPN between here and the service, then retry.", Fault::Theirs},
    {"T105", "certificate not trusted",
     "The server's certificate could not be verified; somebody else may be answering in its name.",
     "Do not work around this: ask whoever runs the service to renew or correct the certificate.", Fault::Theirs},
    {"T106", "TLS handshake cut", "The encrypted connection broke off while it was being set up; nothing was sent.",
     "Retry; if it repeats, ask whoever runs the service which TLS versions it accepts.", Fault::Theirs},
    {"T107", "connection reset before sending", "The connection was reset before the first byte of the call left.",
     "Retry: the call surely did not arrive.", Fault::Theirs},
    {"T108", "connection lost after sending",
     "The connection was lost after the call was sent, so nobody here knows whether it took effect.",
     "Look at the service whether it happened, then settle the ticket; do not send it again before.", Fault::Theirs},
    {"T109", "read timed out",
     "The call was sent but no answer came in time, so nobody here knows whether it took effect.",
     "Look at the service whether it happened, then settle the ticket; do not send it again before.", Fault::Theirs},
    {"T110", "answer cut short", "The answer broke off before its end; the call itself was received.",
     "Look at the service whether it happened before you retry a write.", Fault::Theirs},
    {"T111", "answer too large", "The answer was larger than the limit and was not read to its end.",
     "Ask for less (a filter, a page), or verify at the service what a write has done.", Fault::Theirs},
    {"T112", "redirect blocked", "The service pointed to another address, and this call may not follow it there.",
     "Check whether the service has moved and put its new address into the definition.", Fault::Theirs},

    {"T202", "taken up, not done yet", "The service has accepted the call and has not carried it out yet.",
     "Look at the service whether it has finished by now; do not send the call again.", Fault::Theirs},
    {"T601", "result does not fit its schema",
     "The tool answered, but its result does not have the form that the definition promises.",
     "A write did happen: verify it. Then correct the tool or the result schema in the definition.", Fault::Theirs},
    {"T602", "postcondition false", "The call was answered, but what must be true afterwards is not.",
     "Look at the object in the service now and settle what really happened.", Fault::Theirs},
    {"T603", "empty result", "The tool answered with nothing where a result was expected.",
     "Check at the service whether the data exists; a write did happen and must be verified.", Fault::Theirs},
    {"T604", "cached result too old", "Only an old stored result was at hand, and it is past its age limit.",
     "Retry when the service answers again, or decide without this result.", Fault::Theirs},
    {"T605", "partly done", "Only some of the records were processed; the others were not.",
     "Read the list of records in the ticket and decide about the rest: retry, skip or undo.", Fault::Theirs},
    {"T606", "error inside a good answer", "The tool reported an error although the call itself went through.",
     "Read the tool's own message in the ticket and act on that.", Fault::Theirs},
    {"T607", "tool definition changed", "The tool now describes itself differently from when it was agreed to.",
     "Compare both descriptions in the ticket and consent again only if the change is meant.", Fault::Theirs},
    {"T608", "tool is gone", "The server no longer offers this tool.",
     "Ask whoever runs the server, or change the definition to another tool.", Fault::Theirs},
    {"T609", "protocol violated", "The tool server said something that its protocol does not allow.",
     "Restart the tool server and retry; report it to its maker if it repeats.", Fault::Theirs},
    {"T610", "tool process died", "The program behind the tool ended before it gave an answer.",
     "Read its error output in the ticket; verify a write before you retry it.", Fault::Theirs},
    {"T611", "command failed", "The command ended with an error status.",
     "Read its error output in the ticket; a write may have been done in part, so verify it.", Fault::Theirs},

    {"T701", "database timed out", "The database tool did not finish in time.",
     "Verify whether the change is there before you retry a write.", Fault::Theirs},
    {"T702", "database busy", "The database was locked by others and rolled this change back.",
     "Retry; if it repeats, look for a long transaction that holds the lock.", Fault::Theirs},
    {"T703", "database conflict", "The database rolled this change back because another one was in its way.",
     "Retry: nothing was changed.", Fault::Theirs},
    {"T704", "database constraint", "The database refused the change because it breaks one of its rules.",
     "Correct the arguments so that they keep the rule named in the ticket, then retry.", Fault::User},
    {"T705", "database login failed", "The database did not accept the credentials.",
     "Renew the secret that the definition names, then retry.", Fault::Ours},
};

}  // namespace

std::span<const CatalogueLine> toolLines() { return toolTable; }

}  // namespace handrail
