# Runs one build in a guest and says on the report disk what became of it. What it prints itself is the console's.
# /order: settings, modules/*.ko, command (shell words), filter.bpf, outputs.sh
set -u
export PATH=/bin
alias b=busybox
b mkdir -p /proc /sys /dev /tmp /run /image /inputs /build
b mount -t proc proc /proc
b mount -t sysfs sysfs /sys
b mount -t devtmpfs dev /dev
for module in /order/modules/*.ko; do b insmod "$module"; done

disk() {
    for block in /sys/block/vd*; do
        if [ "$(b cat "$block/serial")" = "$1" ]; then echo "/dev/${block##*/}"; fi
    done
}
report() { printf 'quorate-guest 1\n%s\n' "$1" | b dd of="$(disk report)" bs=4096 conv=sync,notrunc,fsync status=none; }
off() {
    b sync
    b poweroff -f
    b sleep 60
}
give_up() {
    echo "guest: $1"
    off
}

# A port's device is made some time after its driver was loaded; until then its name would become that of a plain file.
wait_for_log() {
    tries=0
    until [ -c /dev/vport0p1 ]; do
        [ "$tries" -lt 600 ] || give_up "the log port is missing"
        tries=$((tries + 1))
        b usleep 100000
    done
}

. /order/settings
wait_for_log
b mount -t squashfs -o ro,nosuid,nodev "$(disk root)" /image || give_up "the root disk cannot be mounted"
b mount -t squashfs -o ro,nosuid,nodev,noexec "$(disk inputs)" /inputs || give_up "the inputs disk cannot be mounted"
b mount -t ext4 -o nosuid,nodev "$(disk build)" /build || give_up "the build disk cannot be mounted"
b rmdir /build/lost+found
b chown -R 1000:1000 /build
b mount -t cgroup2 cgroup2 /sys/fs/cgroup
echo '+memory +pids' >/sys/fs/cgroup/cgroup.subtree_control
b mkdir /sys/fs/cgroup/build
echo "$memory" >/sys/fs/cgroup/build/memory.max || give_up "there is no memory control group"
echo "$processes" >/sys/fs/cgroup/build/pids.max || give_up "there is no pids control group"
report running

# A pipe, as in a container: a program may do otherwise on a terminal.
{
    (
        echo 0 >/sys/fs/cgroup/build/cgroup.procs
        ulimit -c 0
        ulimit -n 4096
        exec 9</order/filter.bpf 8>/order/status </dev/null 2>&1
        . /order/command
    )
    echo "$?" >/order/exit
} | b cat >/dev/vport0p1

status=$(b cat /order/exit)
executed=no
if b grep -q '"exit-code"' /order/status; then executed=yes; fi
killed=$(b awk '$1 == "oom_kill" { print $2 }' /sys/fs/cgroup/build/memory.events)
used=$(b df -k /build | b awk 'NR == 2 { print $3 }')
outputs=whole
cd /build
: >/order/list
. /order/outputs.sh
/bin/tar --create --file="$(disk outputs)" --format=gnu --numeric-owner --hard-dereference --no-recursion \
    --null --verbatim-files-from --files-from=/order/list || outputs=cut
report "$(printf 'ended\nstatus %s\nexecuted %s\nkilled %s\ndisk %s\noutputs %s' \
    "$status" "$executed" "$killed" "$used" "$outputs")"
off
