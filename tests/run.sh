#!/bin/sh
# Installs what is missing, builds everything with warnings as errors, and runs every test offscreen.
set -eu
cd "$(dirname "$0")/.."
. app/prepare.sh

npm_package=""
command -v npm >/dev/null || npm_package="npm"
# shellcheck disable=SC2086
install_packages $BUILD_PACKAGES git sqlite3 dbus-daemon xvfb xauth at-spi2-core python3-pyatspi gir1.2-atspi-2.0 openssl python3-prometheus-client libtest-json-schema-acceptance-perl $npm_package
# Servers and a conformance suite that others wrote, for the tests of the MCP client; nothing of them is run on installing.
lock=tests/mcp/package-lock.json
if ! cmp -s "$lock" tests/mcp/node_modules/.installed; then
    say "Installing the npm packages of tests/mcp"
    npm ci --prefix tests/mcp --ignore-scripts --no-audit --no-fund --loglevel=error
    cp "$lock" tests/mcp/node_modules/.installed
fi
export HANDRAIL_NPM=1
build_handrail build-tests all -DHANDRAIL_WERROR=ON
say "Running the tests"
exec ctest --test-dir build-tests --output-on-failure -j 2
