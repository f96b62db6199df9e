"""Speaks the part of an MCP server that was written down by record.py: play.py FILE

A request is answered with what the same request (its method, and the tool and arguments of a call) was answered with
then, its id put in place of the recorded one; notifications come where they came. What was never asked then is refused,
so that a client cannot go another way unseen."""
import json
import sys


def name_of(message):
    params = message.get("params", {})
    if message["method"] == "tools/call":
        return "tools/call " + params.get("name", "") + " " + json.dumps(params.get("arguments", {}), sort_keys=True)
    return message["method"] + " " + params.get("cursor", "")


def is_request(message):
    return "id" in message and "method" in message


said = {}   # what was asked -> its answers, one list each time that it was asked
by_id = {}
latest = []
for line in open(sys.argv[1], encoding="utf-8"):
    mark, text = line[0], line[2:]
    if mark == "#":
        continue
    message = json.loads(text)
    if mark == ">" and is_request(message):
        latest = by_id[message["id"]] = []
        said.setdefault(name_of(message), []).append(latest)
    elif mark == "<":
        (latest if "method" in message else by_id[message["id"]]).append(message)

for line in sys.stdin:
    message = json.loads(line)
    if not is_request(message):
        continue
    times = said.get(name_of(message))
    answers = [{"jsonrpc": "2.0", "id": 0, "error": {"code": -32603, "message": "This was not recorded: " + name_of(message)}}]
    if times:
        answers = times.pop(0) if len(times) > 1 else times[0]
    for answer in answers:
        if "method" not in answer:
            answer = dict(answer, id=message["id"])
        print(json.dumps(answer, ensure_ascii=False), flush=True)
