#!/usr/bin/env python3
"""What watching for failures costs the programs of a host, and whether a failure is missed.

    sudo bench/failures.py [ROUNDS]

Needs root (private network and mount namespaces) and cc. Each round runs the same loop of connects without Berth, beside berth
failures and beside berth failures --binds, so that a machine that drifts drifts for all. What is compared is the processor time
of one connect, which others that use the processors disturb least. Then a loop in which every connect fails is compared
with what Berth counted: at 40,000 failures a second and as many as the kernel can fail.
"""
import json
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
BERTH = str(HERE.parent / "berth")
SECONDS = "3"


def berth(*options):
    """A run of berth failures that watches."""
    child = subprocess.Popen([BERTH, "failures", "--json", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while "watching" not in (line := child.stderr.readline()):
        if not line:
            sys.exit("berth failures does not watch")
    return child


def end(child):
    """Its document and its processor seconds."""
    child.send_signal(signal.SIGTERM)
    document = json.loads(child.stdout.read())
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return document, usage.ru_utime + usage.ru_stime


def loop(program, *most):
    """Connects made and failed, and nanoseconds of processor time for one."""
    return [int(word) for word in subprocess.check_output([program, SECONDS, *most], text=True).split()]


def cost(program, rounds):
    variants = {"without": None, "failures": [], "failures --binds": ["--binds"]}
    nanos = {name: [] for name in variants}
    for _ in range(rounds):
        for name, options in variants.items():
            watch = None if options is None else berth(*options)
            made, _, each = loop(program)
            nanos[name].append(each)
            if watch:
                end(watch)
    base = statistics.median(nanos["without"])
    for name, all_rounds in nanos.items():
        median = statistics.median(all_rounds)
        print(f"{name:18} {median:7.0f} ns [{min(all_rounds)}, {max(all_rounds)}]  {100 * (median / base - 1):+.1f} %")


def exactness(program):
    for most in (["40000"], []):
        watch = berth()
        _, failed, _ = loop(program, *most)
        document, seconds = end(watch)
        counted = sum(one["count"] for one in document["failures"] if (one["process"] or {}).get("name") == "connects")
        print(f"{failed / float(SECONDS):9,.0f} failures/s: {failed:,} failed, {counted:,} counted, "
              f"{document['lost']:,} lost; berth took {seconds:.2f} s of processor time, its start included")


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    if "BENCH_INSIDE" not in os.environ:
        setup = ("[ -d /sys/kernel/tracing/instances ] || mount -t tracefs nodev /sys/kernel/tracing; ip link set lo up"
                 " && sysctl -qw net.ipv4.tcp_tw_reuse=0 && exec \"$@\"")
        os.environ["BENCH_INSIDE"] = "yes"
        os.execvp("unshare", ["unshare", "-mn", "sh", "-c", setup, "sh", sys.executable, __file__, str(rounds)])
    with tempfile.TemporaryDirectory() as folder:
        program = folder + "/connects"
        subprocess.check_call(["cc", "-O2", "-o", program, str(HERE / "connects.c")])
        cost(program, rounds)
        subprocess.check_call(["sysctl", "-qw", "net.ipv4.ip_local_port_range=40000 40001",
                               "net.ipv4.ip_local_reserved_ports=40000-40001"])
        exactness(program)


main()
