#!/bin/sh
# Installs what is missing, builds, and opens the console with the bundled demo running.
set -eu
cd "$(dirname "$0")/.."
. app/prepare.sh

# shellcheck disable=SC2086
install_packages $BUILD_PACKAGES
build_handrail build-run "handrail handrail-console handrail-demo-shop"
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    say "Opening the console with the demo. Close its window to stop."
    exec build-run/app/handrail-console --demo "$@"
fi
say "There is no display here, so the demo runs through the command line instead."
exec build-run/app/handrail demo "$@"
