#!/bin/sh
# Times a connect by the client library beside the kernel's own choice of the local port, as the ports run out.
#
#     sudo bench/client.sh [--quick] [--check] [--json]
#
# --quick   few ports, few connects: to see that it runs; its ratios say nothing
# --check   exit 1 when a ratio that is required is missed
# --json    for programs
#
# Needs root: it works in a private network namespace, and leaves the host as it is. Takes three minutes.

cd -- "$(dirname -- "$0")/.." || exit
. bench/lab.sh

range='32768 60999' # Linux's default
for option; do
    case $option in
    --quick) range='32768 34767' ;;
    --check | --json) ;;
    *)
        echo "berth: bench/client.sh knows --quick, --check and --json, not $option" >&2
        exit 2
        ;;
    esac
done
[ "$(id -u)" = 0 ] || cannot 'time connects' 'a private network namespace takes root' "sudo bench/client.sh $*"
unshare -n true || cannot 'time connects' 'unshare -n is not permitted here' 'use a machine, or a container with CAP_SYS_ADMIN'
files=$(ulimit -Hn)
[ "$files" = unlimited ] || [ "$files" -gt 15100 ] ||
    cannot 'hold the connections' "a process may have $files files, and 15,100 are needed" 'raise the hard limit (ulimit -Hn)'
build_lab
first='' # before other programs: on a machine that does something else meanwhile, the medians stay
! chrt -f 1 true 2>/dev/null || first='chrt -f 1'
exec $first unshare -n sh -c 'ip link set lo up &&
    echo "$1" >/proc/sys/net/ipv4/ip_local_port_range &&
    echo 0 >/proc/sys/net/ipv4/tcp_tw_reuse &&
    echo 2000000 >/proc/sys/net/ipv4/tcp_max_tw_buckets &&
    echo 1 >/proc/sys/net/ipv4/tcp_rfc1337 && # or a late reset ends a TIME_WAIT
    echo 1000000 >/proc/sys/net/core/somaxconn || exit
    shift
    exec "$@"' sh "$range" "$jdk/bin/java" -cp "$lab" dev.berth.lab.client.ConnectBench "$@"
