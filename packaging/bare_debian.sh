#!/usr/bin/env bash
# Proves the two commands on a bare Debian 12: makes one with mmdebstrap (Python, pip, make, git and
# nothing else), clones the last commit into it and runs `make run` and `make test` in a chroot.
#
#   packaging/bare_debian.sh [--user] [--set-up-only] [--keep] [FOLDER]
#
#   --user         the same as a person without rights: the set-up must refuse with one line to type,
#                  that line is then typed for her, and after that everything must go through
#   --set-up-only  only the set-up, not the program and its tests
#   --keep         leave the folder (default build/bare-debian) for a look around
#
# Needs root.  This machine's apt sources, pip configuration and certificates are copied in, so that
# the chroot reaches whatever this machine reaches.
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD

as_user=no set_up_only=no keep=no folder=$repository/build/bare-debian
for argument in "$@"; do
    case $argument in
        --user) as_user=yes ;;
        --set-up-only) set_up_only=yes ;;
        --keep) keep=yes ;;
        -*) sed -n '2,14s/^# \{0,1\}//p' "$0" && exit 2 ;;
        *) folder=$(realpath -m "$argument") ;;
    esac
done

if [ "$(id -u)" -ne 0 ]; then
    echo "A bare Debian can only be made by root." >&2
    exit 3
fi
command -v mmdebstrap >/dev/null || apt-get install -y --no-install-recommends mmdebstrap >/dev/null

# Mounts live in a name space of their own and are gone with this process.
if [ "${BARE_DEBIAN_INSIDE:-}" != yes ]; then
    BARE_DEBIAN_INSIDE=yes exec unshare --mount --propagation private bash "$0" "$@"
fi

root=$folder/root
home=/home/desk/market-briefing
report=$folder/report.txt
rm -rf --one-file-system "${folder:?}/root"
mkdir -p "$folder"

# --- making the root ------------------------------------------------------------------------------

make_root() {
    local sources=() options=() file
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
        if [ -f "$file" ] && grep -q bookworm "$file"; then sources+=("$file"); fi
    done
    for file in /etc/apt/apt.conf.d/*; do
        if grep -q '^Acquire::' "$file"; then options+=("--aptopt=$file"); fi
    done
    mmdebstrap --quiet --mode=root --variant=minbase "${options[@]}" \
        --include=python3,python3-pip,make,git,ca-certificates --setup-hook='mkdir -p "$1/etc"' \
        bookworm "$root" "${sources[@]}"
}

copy_configuration() {
    local path
    for path in /etc/pip.conf /etc/xdg/pip /etc/ssl/certs/ca-certificates.crt /etc/resolv.conf /etc/hosts; do
        if [ -e "$path" ]; then
            mkdir -p "$root$(dirname "$path")"
            cp -rL --remove-destination "$path" "$root$(dirname "$path")/"
        fi
    done
}

mount_kernel_folders() {
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs tmpfs "$root/dev/shm"
    mount -t tmpfs tmpfs "$root/tmp"
}

clone_repository() {
    useradd --root "$root" --create-home --shell /bin/bash desk
    git clone --quiet "file://$repository" "$root$home"
    [ "$as_user" = no ] || chroot "$root" chown -R desk: "$home"
}

# --- running things in it -------------------------------------------------------------------------

# Variables that tell pip and its kind how to reach their index; nothing else gets in.
settings() {
    env | grep -E '^(PIP_(CERT|INDEX_URL|EXTRA_INDEX_URL|DEFAULT_TIMEOUT)|SSL_CERT_FILE|REQUESTS_CA_BUNDLE|[a-zA-Z]+_proxy|[A-Z]+_PROXY)=' || true
}

in_root() {
    local who=$1 variables
    shift
    mapfile -t variables < <(settings)
    chroot "$root" runuser -u "$who" -- env -i -C "$home" "${variables[@]}" LANG=C.UTF-8 TERM=dumb \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/home/desk USER="$who" "$@"
}

since() { awk "BEGIN { print ($(date +%s%N) - $1) / 1e9 }"; }

# Runs one step, writes what came of it into the report, and remembers a failure.
worst=0
step() {
    local name=$1 wanted=$2 start code=0
    shift 2
    echo "--- $name"
    start=$(date +%s%N)
    "$@" 2>&1 | tee "$folder/step.log" || code=${PIPESTATUS[0]}
    local verdict=ok
    [ "$code" -eq "$wanted" ] || { verdict="FAILED, exit code $code instead of $wanted" && worst=1; }
    printf '%-58s %6.1f s  %s\n' "$name" "$(since "$start")" "$verdict" >>"$report"
}

type_the_line() {
    local line
    line=$(sed -n 's/^ *sudo apt-get/apt-get/p' "$folder/$1")
    [ "$(echo "$line" | grep -c apt-get)" -eq 1 ] || { echo "not exactly one line to type" && return 1; }
    chroot "$root" apt-get update -qq && chroot "$root" bash -c "DEBIAN_FRONTEND=noninteractive $line" >/dev/null
}

set_up_as_user() {
    local kind=$1
    step "set-up ($kind) without rights: one line, exit code 3" 3 in_root desk python3 packaging/set_up.py "$kind"
    cp "$folder/step.log" "$folder/refusal.log"
    step "typing that line" 0 type_the_line refusal.log
}

who=root
make_root
copy_configuration
mount_kernel_folders
clone_repository
echo "Bare Debian 12, $(chroot "$root" python3 --version), $(du -shx "$root" | cut -f1)" | tee "$report"

if [ "$as_user" = yes ]; then
    who=desk
    set_up_as_user run
fi
step "set-up (run)" 0 in_root $who python3 packaging/set_up.py run
step "set-up (run), again" 0 in_root $who python3 packaging/set_up.py run
[ "$as_user" = no ] || set_up_as_user test
step "set-up (test)" 0 in_root $who python3 packaging/set_up.py test
step "set-up (test), again" 0 in_root $who python3 packaging/set_up.py test
if [ "$set_up_only" = no ]; then
    step "make run, without a display" 0 in_root $who make run
    step "make test" 0 in_root $who make test
fi

echo
cat "$report"
if [ "$keep" = no ]; then
    umount -R "$root/tmp" "$root/dev" "$root/proc"
    rm -rf --one-file-system "${folder:?}/root"
fi
exit $worst
