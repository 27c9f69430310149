#!/bin/sh
# Init of the guest that `./gavel test --guest` starts: a kernel of its own with cgroup version 2, on the host's files, read-only.
# Arguments arrive on the kernel's command line: gavel.program=PATH, gavel.arguments=comma-separated, gavel.user=ID for a user
# without rights (0: root), who gets a delegated cgroup, as systemd would give one.
set -f # the arguments are words, not patterns
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t tmpfs tmp /tmp
mount -t tmpfs run /run
mount -t cgroup2 none /sys/fs/cgroup
for word in $(cat /proc/cmdline); do
    case $word in
        gavel.program=*) program=${word#*=} ;;
        gavel.user=*) user=${word#*=} ;;
        gavel.arguments=*) arguments=$(echo "${word#*=}" | tr ',' ' ') ;;
    esac
done
cd /tmp || exit 1
echo "guest: Linux $(uname -r), cgroup v2 with $(cat /sys/fs/cgroup/cgroup.controllers)"
as=
if [ "${user:-0}" != 0 ]; then
    echo "+memory +pids" > /sys/fs/cgroup/cgroup.subtree_control
    mkdir /sys/fs/cgroup/user
    echo $$ > /sys/fs/cgroup/user/cgroup.procs
    chown "$user:$user" /sys/fs/cgroup/user /sys/fs/cgroup/user/cgroup.procs /sys/fs/cgroup/user/cgroup.subtree_control
    as="setpriv --reuid $user --regid $user --clear-groups"
    echo "guest: user $user with a delegated cgroup"
fi
# shellcheck disable=SC2086 # the arguments are words
{ $as "$program" --no-progress --no-ansi --parallel none --results-directory /tmp/results $arguments; echo "guest: exit $?"; } 2>&1 | cat
halt -f
