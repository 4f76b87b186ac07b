#!/bin/sh
# Records one page of failures, as the kernel gives it: unshare -m ./record.sh FOLDER
mount -t tracefs nodev /sys/kernel/tracing || exit
folder=$(realpath "$1")
mkdir /sys/kernel/tracing/instances/recording && cd /sys/kernel/tracing/instances/recording || exit
echo mono >trace_clock
echo 'oldstate==2 && newstate==7 && sport==0 && protocol==6' >events/sock/inet_sock_set_state/filter
echo 1 >events/sock/inet_sock_set_state/enable
echo 'ret==-98 || ret==-99' >events/syscalls/sys_exit_bind/filter
echo 1 >events/syscalls/sys_exit_bind/enable
taskset -c 0 unshare -n sh -c 'ip link set lo up
    ip addr add 2001:db8::1/128 dev lo nodad
    sysctl -qw net.ipv4.ip_local_port_range="40000 40001" net.ipv4.tcp_tw_reuse=0
    exec python3 -' <<'P'
import socket, time
listener = socket.socket(socket.AF_INET6)
listener.bind(("::", 99))
listener.listen(10)
kept = []
def attempt(act):
    try:
        act()
    except OSError as e:
        print(e)
for address, family in (("127.0.0.1", socket.AF_INET), ("2001:db8::1", socket.AF_INET6), ("::ffff:127.0.0.1", socket.AF_INET6)):
    for _ in range(3):
        kept.append(socket.socket(family))
        attempt(lambda: kept[-1].connect((address, 99)))
    time.sleep(0.2)  # longer than 27 bits of nanoseconds: a time extend
attempt(lambda: socket.socket().bind(("127.0.0.1", 99)))
attempt(lambda: socket.socket().bind(("192.0.2.1", 99)))
P
cat events/sock/inet_sock_set_state/format >"$folder/inet_sock_set_state.format"
cat events/syscalls/sys_exit_bind/format >"$folder/sys_exit_bind.format"
cat events/header_page >"$folder/header_page"
cat trace
dd if=per_cpu/cpu0/trace_pipe_raw bs=4096 count=1 iflag=nonblock of="$folder/page"
cd .. && rmdir recording
