#!/usr/bin/env bash
# Runs the checks and the tests:  test.sh full|quick|bench.  The set-up has been run before.
# Every step runs, even after one has failed; the exit code tells whether all were well.
set -uo pipefail
cd "$(dirname "$0")/.."

bin=.venv/bin
failed=()
export QT_QPA_PLATFORM=offscreen  # tests that want a virtual screen start one and say so themselves
export PYTHONHASHSEED=0
unset DISPLAY WAYLAND_DISPLAY

step() {
    local name=$1
    shift
    echo "--- $name"
    "$@" || failed+=("$name")
}

# The core's tests, in an environment with everything but Qt: the core must do without.
without_qt() {
    local home=build/without-qt site entry
    rm -rf "$home"
    $bin/python -m venv --without-pip "$home" || return
    site=$(echo "$home"/lib/python3.*/site-packages)
    for entry in "$PWD"/.venv/lib/python3.*/site-packages/*; do
        case ${entry##*/} in
            PySide6* | pyside6* | shiboken6* | pyqtgraph* | pytestqt* | pytest_qt*) ;;
            *) ln -s "$entry" "$site/" ;;
        esac
    done
    "$home/bin/python" -m pytest tests/core -n 2 --dist worksteal -m "not bench" \
        -p no:cacheprovider -W ignore::pytest.PytestConfigWarning \
        -o addopts="-ra --strict-markers --import-mode=importlib --benchmark-disable"  # not strict on Qt's settings
}

lint() {
    step "ruff check" $bin/ruff check .
    step "ruff format" $bin/ruff format --check .
    step "mypy" $bin/mypy
    step "import rules" $bin/lint-imports --no-logo
}

case ${1:-full} in
    full)
        lint
        step "core tests without Qt" without_qt
        step "tests of all else" $bin/python -m pytest -n 2 --dist worksteal -m "not bench" --ignore tests/core
        ;;
    quick)
        lint
        step "quick core tests" $bin/python -m pytest tests/core -n 2 --dist worksteal -m "not slow and not bench"
        ;;
    bench)
        step "benchmarks" $bin/python -m pytest -m bench --benchmark-enable --benchmark-sort=name
        ;;
    *)
        echo "usage: test.sh full|quick|bench" >&2
        exit 2
        ;;
esac

if [ ${#failed[@]} -gt 0 ]; then
    (IFS=';' && echo "Not well: ${failed[*]}" | sed 's/;/, /g')
    exit 1
fi
