#!/usr/bin/env bash
# Writes packaging/lock/run.txt and test.txt from pyproject.toml, for Python 3.11 and newer on every
# system.  uv does it, in an environment of its own.  Arguments go to uv: --upgrade.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
home=build/lock
if [ ! -x "$home/bin/uv" ]; then
    "$python" -m venv --without-pip "$home"
    "$python" -m pip --python "$home/bin/python" install --quiet uv
fi

compile() {
    local target=$1
    shift
    echo "Writing $target"
    "$home/bin/uv" pip compile pyproject.toml --group build "$@" --universal --python-version 3.11 \
        --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet --output-file "$target"
}

compile packaging/lock/run.txt "$@"
compile packaging/lock/test.txt --group test --constraint packaging/lock/run.txt "$@"
