#!/usr/bin/env bash
# Builds worker images without a registry and tries them: deploy/images/try.sh FAMILY... (as root, after `./gavel build`; needs buildah and debootstrap).
# The base images are made by debootstrap and from the .NET SDK of this machine. An image is tried with `gavel languages test`, all languages of its family,
# in a root of its own (pivot_root) as a container runtime gives it: see README.md. Results are printed, and written to RESULTS (a folder) if that is set.
# All else lies in a new folder below ${TMPDIR:-/var/tmp} (up to 12 GB at a time) and is removed at the end; mounts go with their namespace.
set -euo pipefail
[ $# -gt 0 ] || { sed -n 2,5p "$0" >&2; exit 2; }
[ "${GAVEL_OWN_MOUNTS:-}" = 1 ] || GAVEL_OWN_MOUNTS=1 exec unshare --mount "$0" "$@"
here=$(cd "$(dirname "$0")" && pwd)
context=$(cd "$here/../.." && pwd)
sdk=$(dotnet --list-sdks | sed -n 's/^10\..* \[\(.*\)\/sdk\]$/\1/p' | tail -n 1)
work=$(mktemp -d "${TMPDIR:-/var/tmp}/gavel-images-XXXXXX")
trap 'rm -rf --one-file-system "$work"' EXIT
results=${RESULTS:-$work}
mirror=http://deb.debian.org/debian

store() { buildah --root "$work/storage" --runroot "$work/run" --storage-driver vfs "$@"; }

# base NAME FOLDER TARGET: an image with one folder in it.
base() {
    local container; container=$(store from scratch)
    store copy -q "$container" "$2" "$3" > /dev/null
    store commit -q --rm "$container" "$1" > /dev/null
}

debootstrap --variant=minbase bookworm "$work/debian" "$mirror" > "$results/debootstrap.log"
printf 'deb %s bookworm-updates main\ndeb %s-security bookworm-security main\n' "$mirror" "$mirror" >> "$work/debian/etc/apt/sources.list"
base docker.io/library/debian:bookworm-slim "$work/debian" /
base mcr.microsoft.com/dotnet/sdk:10.0 "$sdk" /usr/share/dotnet
rm -rf "$work/debian"

status=0
for family in "$@"; do
    image=localhost/gavel-worker-$family:latest
    store build --isolation chroot --pull-never -q -f "$here/$family.Containerfile" -t "$image" "$context" > "$results/$family.build.log" 2>&1 \
        || { tail -n 20 "$results/$family.build.log" >&2; status=1; continue; }
    container=$(store from --pull-never "$image")
    root=$(store mount "$container")
    printf '%s: %s MB\n' "$family" "$(du -sm --one-file-system "$root" | cut -f 1)" | tee "$results/$family.txt"
    read -ra languages < <(sed -n 's/^# Languages: //p' "$here/$family.Containerfile" | tr -d ,)
    # shellcheck disable=SC2016 # expanded inside
    unshare --mount --pid --fork --kill-child bash -euc '
        root=$1; shift
        mount --bind "$root" "$root"
        mount -t proc proc "$root/proc"
        mount --rbind /sys "$root/sys"
        mount --rbind /dev "$root/dev"
        mkdir -p "$root/mnt"
        cd "$root"
        pivot_root . mnt
        exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DOTNET_ROOT=/usr/share/dotnet HOME=/root \
            bash -c "cd / && umount -l /mnt && exec /opt/gavel/gavel languages test --data /var/lib/gavel \"\$@\"" try "$@"
    ' try "$root" "${languages[@]}" < /dev/null 2>&1 | tee -a "$results/$family.txt" || status=1
    store rm --all > /dev/null
    store rmi "$image" > /dev/null
done
exit $status
