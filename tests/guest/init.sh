#!/bin/sh
# Init of the guest that `./gavel test --guest` starts: a kernel of its own with cgroup version 2, on the host's files, read-only.
# Arguments arrive on the kernel's command line: gavel.root=PATH of the repository, gavel.arguments=comma-separated, gavel.as=root,
# rootless (a user without rights in a delegated cgroup, as systemd would give one) or container (root in a container's cgroup).
set -f # the arguments are words, not patterns
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t cgroup2 none /sys/fs/cgroup
# shellcheck disable=SC2013 # words are what it consists of
for word in $(cat /proc/cmdline); do
    case $word in
        gavel.root=*) root=${word#*=} ;;
        gavel.as=*) as=${word#*=} ;;
        gavel.arguments=*) arguments=$(echo "${word#*=}" | tr ',' ' ') ;;
    esac
done
# Wherever the repository is, in a folder that only root may enter or below what is covered next: here everybody finds it.
mount -t tmpfs media /media && mkdir /media/gavel && mount --bind "$root" /media/gavel
mount -t tmpfs tmp /tmp
mount -t tmpfs run /run
program=/media/gavel/artifacts/bin/Gavel.Sandbox.Tests/release/Gavel.Sandbox.Tests
cd /tmp || exit 1
echo "guest: Linux $(uname -r), cgroup v2 with $(cat /sys/fs/cgroup/cgroup.controllers)"
prefix=
case $as in
    rootless)
        echo "+memory +pids" > /sys/fs/cgroup/cgroup.subtree_control
        mkdir /sys/fs/cgroup/user
        echo $$ > /sys/fs/cgroup/user/cgroup.procs
        chown 64242:64242 /sys/fs/cgroup/user /sys/fs/cgroup/user/cgroup.procs /sys/fs/cgroup/user/cgroup.subtree_control
        prefix="setpriv --reuid 64242 --regid 64242 --clear-groups"
        ;;
    container)
        echo "+memory +pids" > /sys/fs/cgroup/cgroup.subtree_control
        mkdir /sys/fs/cgroup/container
        echo $$ > /sys/fs/cgroup/container/cgroup.procs
        prefix="unshare --cgroup --mount /media/gavel/tests/guest/container.sh"
        ;;
esac
echo "guest: $as"
# shellcheck disable=SC2086 # words
if ! $prefix test -x "$program" -a -r /media/gavel/Gavel.slnx; then
    echo "guest: not run, the repository cannot be read there"
    halt -f
fi
# shellcheck disable=SC2086 # the arguments are words
{ $prefix "$program" --no-progress --no-ansi --parallel none --results-directory /tmp/results $arguments; echo "guest: exit $?"; } 2>&1 | cat
halt -f
