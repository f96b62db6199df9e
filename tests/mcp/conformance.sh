#!/bin/sh
# One scenario of the protocol's conformance suite for clients: conformance.sh PROBE SCENARIO VERSION
# Without the packages (tests/run.sh installs them) it is skipped, unless HANDRAIL_NPM=1 says that they must be here.
set -eu
folder="$(cd "$(dirname "$0")" && pwd)/node_modules"
node="$(ls "$folder"/node-linux-*/bin/node 2>/dev/null | head -1)" || true
if [ -z "$node" ]; then
    echo "The npm packages of tests/mcp are not installed."
    [ "${HANDRAIL_NPM:-}" = 1 ] && exit 1
    exit 77
fi
PATH="$(dirname "$node"):$PATH"
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT
cd "$out"
"$node" "$folder/@modelcontextprotocol/conformance/dist/index.js" client --command "$1" --scenario "$2" --spec-version "$3" --timeout 20000 -o "$out" || exit 1
