#!/bin/sh
# Installs what is missing, builds everything with warnings as errors, and runs every test offscreen.
set -eu
cd "$(dirname "$0")/.."
. app/prepare.sh

# shellcheck disable=SC2086
install_packages $BUILD_PACKAGES sqlite3 dbus-daemon openssl libtest-json-schema-acceptance-perl
build_handrail build-tests -DHANDRAIL_WERROR=ON
say "Running the tests"
exec ctest --test-dir build-tests --output-on-failure -j 2
