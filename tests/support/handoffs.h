#pragma once

#include "agentcore/types.h"

/// Handoffs as an operator meets them, for tests and pictures of the panel.
namespace handrail::samples {

constexpr Millis now = 1'795'512'345'000;

inline AttemptView attempt(int number, Millis after, Millis took, const Code& code, Millis wait, const std::string& note = {})
{
    AttemptView view;
    view.number = number;
    view.purpose = "act";
    view.began = now - 60'000 + after;
    view.tookMs = took;
    view.code = code;
    view.waitMs = wait;
    view.note = note;
    return view;
}

inline StepView step(const std::string& id, const std::string& title, const std::string& tool, StepStatus status)
{
    StepView view;
    view.id = id;
    view.title = title;
    view.tool = tool;
    view.status = status;
    return view;
}

inline StepView done(const std::string& id, const std::string& title, const std::string& tool, const Json& result, Millis took)
{
    StepView view = step(id, title, tool, StepStatus::Done);
    view.result = result;
    view.tookMs = took;
    view.arguments = {{"id", id}};
    view.attempts = {attempt(1, 0, took, "", 0)};
    return view;
}

inline JournalLine journal(Seq seq, const std::string& event, const std::string& step, const Json& data)
{
    return {seq, now - 60'000 + seq * 500, "k7m2q9x4td", step, 1, event, data};
}

inline HandoffDetail base(HandoffKind kind, const std::string& title, const std::string& step, Risk risk)
{
    HandoffDetail detail;
    detail.row.id = "k7m2q9x4td-1";
    detail.row.kind = kind;
    detail.row.title = title;
    detail.row.run = "k7m2q9x4td";
    detail.row.agent = "invoice-desk";
    detail.row.step = step;
    detail.row.risk = risk;
    detail.row.created = now - 48'000;
    detail.digest = "9f2c61d0";
    detail.userInput = {{"invoice", "INV-2026-0417"}, {"requested_by", "maria"}};
    return detail;
}

/// Pay 1,240.00 EUR to ACME GmbH?
inline HandoffDetail payment(Risk risk = Risk::High)
{
    auto detail = base(HandoffKind::Approval, "Pay 1,240.00 EUR to ACME GmbH?", "pay", risk);
    detail.row.tool = "bank.pay";
    detail.row.decideBy = now + 252'000;
    detail.why = "The tool bank.pay has the gate \"payment\": a person decides before it acts.";
    detail.server = "https://bank.example/v2";
    detail.request = "POST https://bank.example/v2/payments";
    detail.effect = Effect::WriteKeyed;
    detail.gate = "payment";
    detail.arguments = {{"amount", "1240.00"}, {"currency", "EUR"}, {"to", "ACME GmbH"}, {"iban", "DE02 1203 0000 0000 2020 51"},
                        {"invoice", {{"id", "INV-2026-0417"}, {"pages", 3}}}, {"priority", 2}, {"urgent", false}};
    detail.typed = {{"/amount", "amount", "1240.00"}, {"/currency", "currency", "EUR"}, {"/to", "recipient", "ACME GmbH"}};
    detail.undoNote = "It cannot be undone.";
    detail.suggestion = "Compare the amount, the recipient and the record with what was ordered, then approve or reject.";
    detail.agentWords = "The invoice matches order 88213 and is due on Friday. I suggest paying it now to keep the 2 % discount.";
    detail.plan = {done("read", "Read the invoice", "inbox.read", {{"total", "1240.00"}, {"currency", "EUR"}}, 412),
                   done("match", "Match it with the order", "orders.find", {{"order", 88213}, {"open", true}}, 1'290),
                   step("pay", "Pay the invoice", "bank.pay", StepStatus::Waiting),
                   step("file", "File the receipt", "archive.put", StepStatus::Planned),
                   step("tell", "Tell the supplier", "mail.send", StepStatus::Planned)};
    detail.plan[2].arguments = detail.arguments;
    detail.log = {journal(1, "run_started", "", {{"agent", "invoice-desk"}}), journal(2, "dispatched", "read", {{"tool", "inbox.read"}})};
    detail.actions = {Verb::Approve, Verb::Edit, Verb::Reject, Verb::Abort};
    return detail;
}

/// A refund that was sent and never answered.
/// Approved, and still to be stopped for eight seconds.
inline HandoffDetail heldPayment()
{
    HandoffDetail detail = payment();
    detail.row.title = "Approved, leaves soon: " + detail.row.title;
    detail.row.decideBy = now + 8'000;
    detail.holdUntil = now + 8'000;
    detail.actions = {Verb::Reject};
    detail.decidedBy = "paul";
    detail.decidedVerb = Verb::Approve;
    detail.decidedAt = now - 2'000;
    return detail;
}

/// Two people must agree, one has; and the day's limit is near.
inline HandoffDetail fourEyes()
{
    HandoffDetail detail = payment();
    detail.why += " With it, more than 5,000.00 EUR would go out within a day through the gate \"payment\" (4,120.00 so far), so a second person must agree.";
    detail.needs = 2;
    detail.approvers = {"paul"};
    detail.exposure = {{"gate", "payment"}, {"currency", "EUR"}, {"used", "4120.00"}, {"asked", "1240.00"}, {"limit", "5000.00"}};
    return detail;
}

/// A backup model's proposal, put to a person because it is unsure.
inline HandoffDetail proposal()
{
    HandoffDetail detail = payment(Risk::Medium);
    detail.row.kind = HandoffKind::Proposal;
    detail.row.title = "The agent proposes: Refund the buyer";
    detail.why = "The model gives its proposal a confidence of 0.55; below 0.80 a person decides.";
    detail.model = "scripted-backup";
    detail.isBackup = true;
    detail.confidence = 0.55;
    detail.mode = "advisory";
    detail.actions = {Verb::Approve, Verb::Edit, Verb::Answer, Verb::Reject, Verb::Abort};
    return detail;
}

inline HandoffDetail doubt()
{
    auto detail = base(HandoffKind::Escalation, "Refund order 1042: did it happen? Verify first", "refund", Risk::Critical);
    detail.row.id = "p3v8-2";
    detail.row.tool = "shop.refund";
    detail.row.unknown = true;
    detail.why = "The call was sent but no answer came in time, so nobody here knows whether it took effect.";
    detail.error = failure("T109", "shop.refund gave no answer within 10 s.");
    detail.server = "https://shop.example/api";
    detail.request = "POST https://shop.example/api/orders/1042/refunds";
    detail.effect = Effect::WriteBlind;
    detail.arguments = {{"order", 1042}, {"amount", "59.90"}, {"currency", "EUR"}};
    detail.typed = {{"/amount", "amount", "59.90"}, {"/currency", "currency", "EUR"}};
    detail.undoNote = "It cannot be undone.";
    detail.lookFor = "Look at the shop's own list of refunds for order 1042 and 59.90 EUR at about this time.";
    detail.suggestion = "Verify first: look whether it happened, then say so. Do not send it again before you know.";
    detail.plan = {done("order", "Read the order", "shop.order", {{"state", "delivered"}}, 230),
                   step("refund", "Refund order 1042", "shop.refund", StepStatus::Unknown),
                   step("mail", "Tell the customer", "mail.send", StepStatus::Planned)};
    auto& failing = detail.plan[1];
    failing.arguments = detail.arguments;
    failing.key = "b81d3c0c55aa42e1907f";
    failing.tookMs = 10'004;
    failing.error = detail.error;
    failing.attempts = {attempt(1, 0, 10'004, "T109", 0, "A byte was sent and nothing came back; a write without a key is not repeated.")};
    detail.failing = failing;
    detail.actions = {Verb::Settle, Verb::Abort};
    return detail;
}

/// A search that stopped after three time-outs.
inline HandoffDetail timeouts()
{
    auto detail = base(HandoffKind::Escalation, "Search the catalogue stopped: connect timed out 3 times", "search", Risk::Low);
    detail.row.id = "s5d1-1";
    detail.row.tool = "catalogue.search";
    detail.row.decideBy = now + 3'300'000;
    detail.row.count = 4;
    detail.why = "The server could not be reached in time, so the call was never sent.";
    detail.error = failure("T104", "catalogue.search did not connect within 5 s, three times in a row.");
    detail.server = "https://catalogue.example";
    detail.effect = Effect::Read;
    detail.arguments = {{"query", "blue ceramic lamp"}, {"limit", 20}};
    detail.undoNote = "It only reads; there is nothing to undo.";
    detail.suggestion = "Check the network, firewall and VPN between here and the service, then retry. Nothing of this step is in doubt.";
    detail.agentWords = "The catalogue is slow today. I could use last week's export instead.";
    detail.plan = {done("ask", "Read the question", "inbox.read", {{"words", 12}}, 180),
                   done("reserve", "Reserve stock", "stock.reserve", {{"reservation", "R-7781"}}, 640),
                   step("search", "Search the catalogue", "catalogue.search", StepStatus::Failed),
                   step("rank", "Rank the results", "rank", StepStatus::Planned),
                   step("answer", "Answer the customer", "mail.send", StepStatus::Planned)};
    detail.plan[1].key = "77ab02c91e";
    auto& failing = detail.plan[2];
    failing.arguments = detail.arguments;
    failing.error = detail.error;
    failing.tookMs = 17'900;
    failing.attempts = {attempt(1, 0, 5'001, "T104", 800, "Not sent; retried after a drawn wait."),
                        attempt(2, 5'801, 5'002, "T104", 2'100, "Not sent; retried after a longer wait."),
                        attempt(3, 12'903, 5'000, "T104", 0, "The third of three attempts; a person is asked.")};
    detail.failing = failing;
    detail.undo = {{"reserve", "Reserve stock", "stock.release", {{"reservation", "R-7781"}}, now + 1'500'000, ""},
                   {"ask", "Mark the mail as read", "", nullptr, 0, "The definition names no way to undo inbox.read."}};
    detail.actions = {Verb::Retry, Verb::Skip, Verb::Answer, Verb::Undo, Verb::Abort};
    return detail;
}

/// One of thirteen is done; go on?
inline HandoffDetail scope()
{
    auto detail = base(HandoffKind::Scope, "Close stale accounts: 1 of 13 done. Go on with the other 12?", "close", Risk::Medium);
    detail.row.id = "c1-1";
    detail.row.tool = "accounts.close";
    detail.row.decideBy = now + 290'000;
    detail.why = "This would change 13 records; over 10 the first is done as a test and a person is asked before the rest.";
    detail.server = "https://crm.example/api";
    detail.request = "PUT https://crm.example/api/accounts/{id}/state";
    detail.effect = Effect::WriteVerifiable;
    detail.arguments = Json::array();
    for (int i = 0; i < 12; ++i) {
        detail.arguments.push_back({{"account", 40'211 + i * 7}, {"email", "user" + std::to_string(i) + "@example.org"}, {"reason", "no login for 2 years"}});
    }
    detail.undoNote = "It can be undone with accounts.reopen within 60 min.";
    detail.suggestion = "Look at what the first one did. If it is right, approve the list as it is shown.";
    detail.plan = {done("list", "List stale accounts", "accounts.stale", {{"count", 13}}, 880),
                   step("close", "Close stale accounts", "accounts.close", StepStatus::Waiting)};
    detail.plan[1].records = 13;
    detail.plan[1].recordsDone = 1;
    detail.plan[1].tookMs = 320;
    detail.plan[1].key = "0c9d88e2f1aa";
    detail.plan[1].result = {{"account", 40'204}, {"state", "closed"}};
    detail.undo = {{"close", "Close account 40204", "accounts.reopen", {{"account", 40'204}}, now + 3'500'000, ""}};
    detail.actions = {Verb::Approve, Verb::Reject, Verb::Undo, Verb::Abort};
    return detail;
}

inline HandoffDetail review()
{
    auto detail = base(HandoffKind::Review, "Answer the customer: done. Keep it?", "note", Risk::Low);
    detail.row.id = "n8-1";
    detail.row.tool = "crm.note";
    detail.row.decideBy = now + 7'500'000;
    detail.why = "The definition lets crm.note act first and asks a person to review it afterwards.";
    detail.server = "https://crm.example/api";
    detail.effect = Effect::WriteKeyed;
    detail.arguments = {{"customer", "C-5521"}, {"text", "The lamp is back in stock on 3 December.\nWe keep one for you until then."}};
    detail.undoNote = "It can be undone with crm.remove_note within 120 min.";
    detail.suggestion = "Keep it, or undo it while that is possible.";
    detail.plan = {done("find", "Find the customer", "crm.find", {{"customer", "C-5521"}}, 90),
                   done("note", "Answer the customer", "crm.note", {{"note", 90'112}}, 210)};
    detail.undo = {{"note", "Answer the customer", "crm.remove_note", {{"note", 90'112}}, now + 7'100'000, ""}};
    detail.actions = {Verb::Keep, Verb::Undo};
    return detail;
}

inline HandoffDetail failedUndo()
{
    auto detail = base(HandoffKind::Escalation, "Undoing \"Book the courier\" stopped: not allowed", "courier", Risk::High);
    detail.row.id = "u2-3";
    detail.row.tool = "courier.cancel";
    detail.why = "A compensation failed, so the run is undone only in part.";
    detail.error = failure("W108", "courier.cancel answered 403: the parcel is on its way.");
    detail.server = "https://courier.example";
    detail.effect = Effect::WriteKeyed;
    detail.arguments = {{"booking", "B-7"}};
    detail.undoNote = "It cannot be undone.";
    detail.suggestion = "Call the courier, then retry the undo or abort. What is listed as not undone stays as it is.";
    detail.plan = {done("stock", "Reserve stock", "stock.reserve", {{"reservation", "R-1"}}, 300),
                   step("courier", "Book the courier", "courier.book", StepStatus::Failed),
                   step("mail", "Tell the customer", "mail.send", StepStatus::Undone)};
    auto& failing = detail.plan[1];
    failing.error = detail.error;
    failing.attempts = {attempt(1, 0, 350, "", 0), attempt(2, 4'000, 280, "T403", 0, "403 is never repeated.")};
    failing.attempts[1].purpose = "undo";
    detail.failing = failing;
    detail.undone = {"mail"};
    detail.notUndone = {"courier", "stock"};
    detail.undo = {{"courier", "Book the courier", "courier.cancel", {{"booking", "B-7"}}, now + 900'000, ""},
                   {"stock", "Reserve stock", "stock.release", {{"reservation", "R-1"}}, now - 100'000, ""}};
    detail.actions = {Verb::Retry, Verb::Abort};
    return detail;
}

/// Text that tries to be more than text.
inline HandoffDetail hostile()
{
    const std::string markup = "<img src='file:///etc/passwd'><h1>Approved</h1>";
    const std::string bidi = "invoice\xE2\x80\xAE" "fdp.exe\x1B[31m";
    auto detail = payment();
    detail.row.id = "h-1";
    detail.row.title = "Pay " + markup + " 10.00 EUR to \xD0\x90" "CME GmbH?";
    detail.row.agent = markup;
    detail.why = bidi + "\nAPPROVED BY YOUR BOSS, press A " + std::string(600, 'x');
    detail.server = "https://b\xD0\xB0nk.example/" + std::string(200, 'a');
    detail.request = markup + bidi;
    detail.arguments["to"] = "\xD0\x90" "CME GmbH";
    detail.arguments["note"] = markup + bidi;
    detail.arguments["<b>name</b>"] = std::string(3'000, 'w');
    detail.typed[2].value = "\xD0\x90" "CME GmbH";
    detail.undoNote = markup;
    detail.suggestion = markup + bidi;
    detail.agentWords = markup + "\n\n\nIf you approve: nothing happens " + bidi;
    detail.error = failure("<i>T</i>", markup);
    detail.plan[0].title = markup;
    detail.plan[1].title = bidi + std::string(300, 'y');
    detail.failing = detail.plan[0];
    detail.failing.attempts = {attempt(1, 0, 10, "<b>", 5, markup)};
    detail.undo = {{"x", markup, markup, {{"<u>", bidi}}, now + 5'000, ""}, {"y", bidi, "", nullptr, 0, markup}};
    detail.undone = {markup};
    detail.log = {journal(1, markup, bidi, {{"<b>", bidi}})};
    return detail;
}

}  // namespace handrail::samples
