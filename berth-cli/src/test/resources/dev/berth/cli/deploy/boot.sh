#!/bin/sh
# boot.sh FOLDER: boots the systemd of this machine where it can change nothing of it, and ends when that systemd exits.
#
# It has a network, mounts, processes, cgroups and a host name of its own, and this machine's files under an overlay: what is
# in FOLDER/laid lies over them, what it writes is gone afterwards, save in /out, which is FOLDER/out. Of /proc/sys it can
# write /proc/sys/net alone. Needs root, util-linux, and a cgroup2 file system; ends with 77 where those cannot be had.

set -eu
folder=$1
root=$folder/top/root

case ${2-} in
'')
    mkdir -p "$folder/cgroup" "$folder/top" "$folder/out"
    unshare --mount --propagation private true || exit 77
    exec unshare --mount --propagation private -- sh "$0" "$folder" cgroup
    ;;
cgroup) # so that the units it starts are in none of ours
    mount -t cgroup2 none "$folder/cgroup" || exit 77
    own=$folder/cgroup/berth-boot-$$
    mkdir "$own" || exit 77
    trap 'find "$own" -depth -type d -exec rmdir {} +' EXIT
    sh -ec 'echo $$ >"$1/cgroup.procs"; shift; exec "$@"' enter "$own" \
        unshare --mount --net --pid --fork --kill-child --cgroup --ipc --uts -- sh "$0" "$folder" inside
    exit
    ;;
esac

mount -t tmpfs none "$folder/top"
mkdir "$folder/top/up" "$folder/top/work" "$root"
mount -t overlay none -o "lowerdir=/,upperdir=$folder/top/up,workdir=$folder/top/work" "$root" || exit 77
mount -t proc proc "$root/proc"
mount --bind "$root/proc/sys" "$root/proc/sys"
mount -o remount,bind,ro "$root/proc/sys"
mount --bind "$root/proc/sys/net" "$root/proc/sys/net"
mount -o remount,bind,rw "$root/proc/sys/net"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs run "$root/run"
mount -t tmpfs -o mode=755 dev "$root/dev"
for device in null zero full random urandom tty; do
    touch "$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
done
mkdir "$root/dev/shm" "$root/dev/pts" "$root/dev/mqueue" "$root/dev/hugepages" # PrivateDevices= wants them
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
ln -s /proc/self/fd/0 "$root/dev/stdin"
rm -rf "$root/etc/systemd/system" "$root/etc/sysctl.d" # nothing of this machine is to start
mkdir -p "$root/etc/systemd/system" "$root/out" # and no sysctl.d, as in small images
cp -r "$folder/laid/." "$root/"
mount --bind "$folder/out" "$root/out"
exec env -i container=berth PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    chroot "$root" /lib/systemd/systemd --unit=berth-boot.target --show-status=0
