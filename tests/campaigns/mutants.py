#!/usr/bin/env python3
"""Changes one thing at a time in the files that the promise stands on, and looks whether a test notices.

Run by hand, in a clone of its own whose build folder is configured without unity builds:
    tests/campaigns/mutants.py BUILD_FOLDER [--only FILE] [--most N]
It puts every file back as it was. A mutant that does not compile counts for nothing; one that no test
notices is printed with its line. The reasons of those that may stay stand in mutants.md.
"""
import argparse
import pathlib
import re
import subprocess
import sys

# What is changed, and the tests that must notice, quickest first.
TARGETS = {
    "agentcore/decide/retry.cpp": ["retrytest", "nexttest", "doubttest", "crossingtest"],
    "agentcore/decide/approval.cpp": ["consenttest", "nexttest", "definitiontest"],
    "agentcore/store/journal.cpp": ["storetest", "audittest", "powerlosstest"],
}

# Each rule turns one spot of one line into something else that still compiles most of the time.
RULES = [
    (r"==", "!="), (r"!=", "=="), (r"&&", "||"), (r"\|\|", "&&"),
    (r" < ", " <= "), (r" <= ", " < "), (r" > ", " >= "), (r" >= ", " > "),
    (r"\btrue\b", "false"), (r"\bfalse\b", "true"),
    (r"(?<=[(\s])!(?=[a-zA-Z(])", ""),
    (r" \+ ", " - "), (r" - ", " + "), (r" \* ", " / "), (r" / ", " * "),
    (r"\b0\b", "1"), (r"\b1\b", "2"), (r"\b10\b", "11"),
    (r"std::min\(", "std::max("), (r"std::max\(", "std::min("),
    (r"Verdict::Unknown", "Verdict::Refused"), (r"Verdict::Refused", "Verdict::Unknown"), (r"Verdict::Retry", "Verdict::Refused"),
    (r"std::all_of", "std::any_of"), (r"std::any_of", "std::all_of"),
]
STATEMENT = re.compile(r"^\s+(?!return|const|auto|if|for|while|case|else|std::\w+[<\s]|[A-Za-z:<>]+[*&]? \w+( =|;|\{))[\w.:()\[\]\"' ,&*>+-]+(=|\().*;\s*$")


def mutants(text):
    """Every (line number, new line) that differs from the file in one spot."""
    found = []
    for number, line in enumerate(text.split("\n")):
        code = line.split("//")[0]
        if not code.strip() or code.lstrip().startswith(("#", "*", "namespace", "using", "/")):
            continue
        quotes = [m.span() for m in re.finditer(r'"(?:[^"\\]|\\.)*"', code)]
        for pattern, instead in RULES:
            for match in re.finditer(pattern, code):
                if any(a < match.start() < b for a, b in quotes):
                    continue
                found.append((number, line[: match.start()] + instead + line[match.end():]))
        if STATEMENT.match(code):
            found.append((number, ""))
    return found


def run(command, limit):
    try:
        return subprocess.run(command, capture_output=True, timeout=limit).returncode
    except subprocess.TimeoutExpired:
        return -1


def verdict(build, tests):
    if run(["cmake", "--build", build, "--target", *tests], 900) != 0:
        return "does not compile"
    for test in tests:
        if run([f"{build}/tests/{test}"], 300) != 0:
            return "killed by " + test
    return "survived"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("build")
    options.add_argument("--only", default="")
    options.add_argument("--most", type=int, default=10_000, help="mutants of each file")
    given = options.parse_args()
    if subprocess.run(["git", "diff", "--quiet"]).returncode != 0:
        sys.exit("There are changes here that are not committed; use a clone of its own.")
    survived = []
    counted = 0
    for name, tests in TARGETS.items():
        if given.only and given.only not in name:
            continue
        path = pathlib.Path(name)
        original = path.read_text()
        if verdict(given.build, tests) != "survived":
            sys.exit(f"The tests of {name} fail without any change.")
        lines = original.split("\n")
        try:
            for number, line in mutants(original)[: given.most]:
                changed = lines[:number] + [line] + lines[number + 1:]
                path.write_text("\n".join(changed))
                told = verdict(given.build, tests)
                print(f"{name}:{number + 1}: {told}: {line.strip() or 'deleted: ' + lines[number].strip()}", flush=True)
                if told == "does not compile":
                    continue
                counted += 1
                if told == "survived":
                    survived.append((name, number + 1, line.strip() or "deleted: " + lines[number].strip()))
        finally:
            path.write_text(original)
    share = 100.0 * (counted - len(survived)) / max(1, counted)
    print(f"\n{counted} mutants, {counted - len(survived)} killed ({share:.1f}%), {len(survived)} survived")
    for name, number, line in survived:
        print(f"  {name}:{number}: {line}")


if __name__ == "__main__":
    main()
