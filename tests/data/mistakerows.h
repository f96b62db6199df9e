#pragma once

/// One broken definition: what is changed in desk.agent.json, and the mistake that must be told of it
/// as "code where | message | hint".
struct MistakeRow {
    const char* name;
    const char* from;
    const char* to;
    const char* mistake;
};

constexpr MistakeRow mistakeRows[] = {
    {"unknown member",
     "\"timeout_s\": 10",
     "\"time_out_s\": 10",
     "U102 line 15, column 39: /tools/find_order/time_out_s | \"time_out_s\" is not a known member. | did you mean timeout_s?"},
    {"unknown member, nothing near",
     "\"scope\": { \"records\": 4 }",
     "\"scope\": { \"colour\": 4 }",
     "U102 line 47, column 14: /scope/colour | \"colour\" is not a known member. | Valid here: records, window_s."},
    {"unknown top member",
     "\"review\"",
     "\"reviews\"",
     "U102 line 46, column 3: /reviews | \"reviews\" is not a known member. | did you mean review?"},
    {"member missing",
     "\"version\": \"3\",",
     "",
     "U101 line 1, column 1 | The definition lacks the member \"version\". | Add \"version\" here."},
    {"wrong type",
     "\"timeout_s\": 10",
     "\"timeout_s\": \"10\"",
     "U102 line 15, column 39: /tools/find_order/timeout_s | \"timeout_s\" must be a number, but is a string. | "
     "Correct the value as the message says."},
    {"mistyped effect",
     "\"write_keyed\"",
     "\"write_key\"",
     "U102 line 21, column 7: /tools/refund/effect | \"effect\" must be one of \"read\", \"write_keyed\", "
     "\"write_verifiable\", \"write_blind\", but is \"write_key\". | did you mean write_keyed?"},
    {"too many attempts",
     "\"attempts\": 5",
     "\"attempts\": 6",
     "U102 line 24, column 18: /tools/refund/retry/attempts | \"attempts\" must be at most 5, but is 6. | "
     "Correct the value as the message says."},
    {"amount as a fraction",
     "\"at_most\": 50",
     "\"at_most\": 50.5",
     "U102 line 43, column 91: /approvals/allow/0/at_most | \"at_most\" must be a string or a whole number, but is 50.5. | "
     "Correct the value as the message says."},
    {"amount that is no number",
     "\"at_most\": 50",
     "\"at_most\": \"5O\"",
     "U102 line 43, column 91: /approvals/allow/0/at_most | \"at_most\" must be a decimal string, like \"50.00\", "
     "or a whole number. | Correct the value as the message says."},
    {"pointer without slash",
     "\"/total\"",
     "\"total\"",
     "U102 line 28, column 101: /tools/refund/before/unchanged/0 | \"unchanged/0\" must be a JSON Pointer, like /amount. | "
     "Correct the value as the message says."},
    {"version of the form",
     "\"handrail\": 1",
     "\"handrail\": 2",
     "U102 line 2, column 3: /handrail | \"handrail\" must be 1, but is 2. | Correct the value as the message says."},
    {"server unknown",
     "\"tools\": {\n    \"find_order\": { \"server\": \"shop\"",
     "\"tools\": {\n    \"find_order\": { \"server\": \"shp\"",
     "U102 line 14, column 21: /tools/find_order/server | There is no server \"shp\". | did you mean shop?"},
    {"server left out",
     "\"tools\": {\n    \"find_order\": { \"server\": \"shop\",",
     "\"tools\": {\n    \"find_order\": {",
     "U101 line 14, column 5: /tools/find_order | The tool \"find_order\" lacks its \"server\". | Add \"server\" here."},
    {"neither request nor command",
     "\"request\": { \"method\": \"DELETE\", \"path\": \"/refunds/{id}\" }",
     "\"critical\": true",
     "U101 line 17, column 5: /tools/cancel_refund | The tool \"cancel_refund\" must have exactly one of \"request\", "
     "\"command\" and \"mcp\". | Give \"request\" for HTTP, \"command\" for a program, \"mcp\" for a tool of an MCP server."},
    {"command with a server",
     "\"tail\": {",
     "\"tail\": { \"server\": \"shop\",",
     "U102 line 34, column 15: /tools/tail/server | A command has no server. | Take \"server\" out."},
    {"command without its path",
     "/usr/bin/tail",
     "tail",
     "U102 line 34, column 27: /tools/tail/command/0 | A program is named by its absolute path, and that is fixed. | "
     "Begin the path with \"/\", like /usr/bin/tail, without {…}."},
    {"braces without a name",
     "\"{lines}\"",
     "\"{lines\"",
     "U102 line 34, column 50: /tools/tail/command/2 | The braces here do not hold one parameter's name. | "
     "Write {name}, with the name of one parameter and nothing else."},
    {"path with a query",
     "/orders/{order_id}",
     "/orders?id={order_id}",
     "U102 line 14, column 69: /tools/find_order/request/path | \"path\" must be a path that begins with /, "
     "without a query; {name} is a parameter. | Correct the value as the message says."},
    {"keyed without a place for the key",
     ", \"key_header\": \"Idempotency-Key\"",
     "",
     "U101 line 21, column 7: /tools/refund/effect | The tool \"refund\" is write_keyed, but says nowhere where its key "
     "goes. | Add \"key_header\" or \"key_param\"."},
    {"verifiable without verify",
     "\"each\":",
     "\"effect\": \"write_verifiable\", \"each\":",
     "U101 line 33, column 17: /tools/remove/effect | The tool \"remove\" is write_verifiable, but has no \"verify\". | "
     "Add \"verify\" with a tool that reads whether it happened."},
    {"verify by a tool that writes",
     "\"tool\": \"list_refunds\"",
     "\"tool\": \"cancel_refund\"",
     "U102 line 26, column 19: /tools/refund/verify/tool | \"verify\" must only read, but the tool \"cancel_refund\" "
     "does not have the effect read. | Name a tool with the effect read."},
    {"undo by a tool that is not there",
     "\"tool\": \"cancel_refund\"",
     "\"tool\": \"cancel_refunds\"",
     "U102 line 30, column 17: /tools/refund/undo/tool | There is no tool \"cancel_refunds\". | did you mean cancel_refund?"},
    {"before reads the result",
     "\"find_order\", \"with\": { \"order_id\": \"${params.order_id}\" }",
     "\"find_order\", \"with\": { \"order_id\": \"${result.order_id}\" }",
     "U102 line 28, column 51: /tools/refund/before/with/order_id | ${result.order_id} cannot be read here: it is not "
     "known in \"before\". | Valid here: input, params."},
    {"schema within that is none",
     "\"minItems\": 1",
     "\"minItems\": -1",
     "U102 line 27, column 53: /tools/refund/verify/happened_if/minItems | \"minItems\" must be a whole number from 0. | "
     "Write it as JSON Schema 2020-12, whole and without references to the outside."},
    {"pattern of the input broken",
     "^[0-9]{4}$",
     "^[0-9{4}$",
     "U102 line 7, column 62: /input/properties/order_id/pattern | This is no regular expression: missing terminating ] for "
     "character class at character 10. | Write it as JSON Schema 2020-12, whole and without references to the outside."},
    {"header that reads the input",
     "${secret:env:SHOP_TOKEN}",
     "${input.token}",
     "U102 line 11, column 28: /servers/shop/headers/Authorization | Only a secret can be read into a header. | "
     "Write ${secret:env:NAME}, ${secret:keyring:NAME} or ${secret:file:PATH}."},
    {"header of two lines",
     "Bearer $",
     "Bearer\\r\\nX: y $",
     "U102 line 11, column 28: /servers/shop/headers/Authorization | \"Authorization\" must be one line of text. | "
     "Correct the value as the message says."},
    {"server without url",
     "\"url\": \"http://127.0.0.1:8791/\", ",
     "",
     "U101 line 10, column 5: /servers/shop | The server \"shop\" lacks its \"url\". | Add \"url\" here."},
    {"plan names no tool",
     "\"tool\": \"find_order\", \"with\": { \"order_id\": \"${input.order_id}\" } }",
     "\"tool\": \"find_oder\", \"with\": { \"order_id\": \"${input.order_id}\" } }",
     "U102 line 37, column 48: /plan/0/tool | There is no tool \"find_oder\". | did you mean find_order?"},
    {"two steps of one name",
     "\"id\": \"find\"",
     "\"id\": \"refund\"",
     "U102 line 38, column 7: /plan/1/id | An earlier step already has the id \"refund\". | Choose another id.\n"
     "U102 line 39, column 50: /plan/1/with/amount | ${find.result.total} cannot be read here: there is no earlier step "
     "\"find\". | Valid here: input, refund."},
    {"step named like a word",
     "{ \"id\": \"refund\"",
     "{ \"id\": \"result\"",
     "U102 line 38, column 7: /plan/1/id | \"result\" is a word of references and cannot be a step's id. | Choose another id."},
    {"reference to itself",
     "${find.result.total}",
     "${refund.result.total}",
     "U102 line 39, column 50: /plan/1/with/amount | ${refund.result.total} cannot be read here: the step \"refund\" "
     "does not come earlier. | Valid here: find, input."},
    {"reference mistyped",
     "order:${input.order_id}",
     "order:${inputs.order_id}",
     "U102 line 40, column 7: /plan/1/resource | The reference ${inputs.order_id} must say \"inputs.result\": a step is read "
     "through its result. | Write ${input.name}, ${step.result.name} or ${step.result#/json/pointer}."},
    {"reference to a step mistyped",
     "${find.result.total}",
     "${fnd.result.total}",
     "U102 line 39, column 50: /plan/1/with/amount | ${fnd.result.total} cannot be read here: there is no earlier step "
     "\"fnd\". | did you mean find?"},
    {"payment reviewed afterwards",
     "[\"remove\"]",
     "[\"refund\"]",
     "U102 line 46, column 14: /review/0 | The tool \"refund\" has the gate payment and cannot be reviewed after the act. | "
     "Take it out of \"review\": it asks before it acts."},
    {"review of no tool",
     "[\"remove\"]",
     "[\"removes\"]",
     "U102 line 46, column 14: /review/0 | There is no tool \"removes\". | did you mean remove?"},
    {"cap below base",
     "\"cap_s\": 10",
     "\"cap_s\": 0.1",
     "U102 line 24, column 49: /tools/refund/retry/cap_s | \"cap_s\" must not be below \"base_s\". | "
     "Correct the value as the message says."},
};
