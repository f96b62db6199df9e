# Sourced by app/run.sh and tests/run.sh: says what is done, installs what is missing, builds.
# Usage: . app/prepare.sh; install_packages NAME…; build_handrail FOLDER "TARGETS" [cmake options]

say() { printf '» %s\n' "$*"; }

# What a build needs, as Debian 12 names it.
BUILD_PACKAGES="build-essential cmake ninja-build ccache pkg-config ca-certificates
qt6-base-dev qt6-svg-dev libqt6svg6 libsqlite3-dev nlohmann-json3-dev libcurl4-openssl-dev
libssl-dev libpcre2-dev libcli11-dev libcpp-httplib-dev fonts-inter qt6-l10n-tools qt6-translations-l10n"

install_packages() {
    missing=""
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    if [ -z "$missing" ]; then
        say "All packages are here."
        return 0
    fi
    say "Installing:$missing"
    as_root=""
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || { say "These packages must be installed by root first:$missing"; exit 1; }
        as_root="sudo"
    fi
    $as_root env DEBIAN_FRONTEND=noninteractive sh -c "apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null"
}

build_handrail() {
    folder="$1"
    targets="$2"
    shift 2
    # ccache finds its objects again in a fresh clone only when paths and folders stay out of them.
    CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1
    export CCACHE_BASEDIR CCACHE_NOHASHDIR
    say "Configuring in $folder"
    cmake -S . -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_CXX_COMPILER_LAUNCHER=ccache \
        -DCMAKE_UNITY_BUILD=ON "$@" >"$folder.log" 2>&1 || { cat "$folder.log"; exit 1; }
    rm -f "$folder.log"
    say "Building (the first time takes minutes, later ones seconds)"
    # shellcheck disable=SC2086
    cmake --build "$folder" --target $targets
}
