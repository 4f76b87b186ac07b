#!/usr/bin/env python3
"""Times Berth beside the tools people use, on the same sockets, in one interleaved run.

    sudo bench/sockets.py quiet                 start-up, on a host with next to no sockets
    sudo bench/sockets.py typical               200 processes with 20 files and 5 sockets each
    sudo bench/sockets.py established [PAIRS]   ten processes, PAIRS connections each with both ends (default 9500)
    sudo bench/sockets.py time-wait [COUNT]     COUNT connections in TIME_WAIT (default 500000)

Needs root (a private network namespace), cc, ss, lsof and net-tools; psutil and OSHI join in when they are there
(python3 -m pip install psutil; --oshi CLASSPATH of oshi-core-ffm or oshi-core with its dependencies).

Every command runs once in each round, so that a machine that drifts drifts for all. A run during which others used the
processors is thrown away and repeated. What is timed is the whole process, JVM start included.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
BERTH = str(HERE.parent / "berth")
SETUP = 'ip link set lo up && sysctl -qw net.ipv4.tcp_max_tw_buckets=2000000 "net.ipv4.ip_local_port_range=1024 65535"'
TICK = os.sysconf("SC_CLK_TCK")
FOREIGN_SECONDS = 0.03
TRIES = 4


def busy_seconds():
    fields = open("/proc/stat").readline().split()[1:]
    user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, fields[:8])
    return (user + nice + system + irq + softirq + steal) / TICK


def run_once(command):
    """Wall seconds and peak resident MiB of one run, and the processor seconds that others used meanwhile."""
    with open(os.devnull, "wb") as nowhere:
        before, start = busy_seconds(), time.monotonic()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
    foreign = busy_seconds() - before - usage.ru_utime - usage.ru_stime
    if child.returncode > 1:
        sys.exit(f"{' '.join(command)}: exit {child.returncode}")
    return wall, usage.ru_maxrss / 1024, foreign


def measure(commands, rounds):
    samples = {name: [] for name in commands}
    for number in range(-1, rounds):  # round -1 warms the caches
        for name, command in commands.items():
            for _ in range(TRIES):
                time.sleep(0.05)
                wall, peak, foreign = run_once(command)
                if foreign < FOREIGN_SECONDS + 0.06 * wall:
                    break
            if number >= 0:
                samples[name].append((wall, peak))
    return samples


def report(samples, ratios):
    median = {name: statistics.median(w for w, _ in runs) for name, runs in samples.items()}
    print("| command | wall ms, median [min, max] | peak MiB |")
    print("|---|---|---|")
    for name, runs in samples.items():
        walls = [w * 1000 for w, _ in runs]
        peak = max(p for _, p in runs)
        print(f"| `{name}` | {statistics.median(walls):.0f} [{min(walls):.0f}, {max(walls):.0f}] | {peak:.0f} |")
    print()
    print("| ratio of medians | measured | required | stretch |")
    print("|---|---|---|---|")
    for top, bottom, required, stretch in ratios:
        if top in median and bottom in median:
            print(f"| `{top}` ÷ `{bottom}` | **{median[top] / median[bottom]:.2f}** | {required} | {stretch} |")


def jdk():
    find = '. "$0/launcher/find-jdk.sh"; find_jdk || no_jdk; echo "$jdk"'
    return subprocess.run(["sh", "-c", find, str(HERE.parent)], check=True, capture_output=True, text=True).stdout.strip()


def hello(folder):
    java, flags = f"{jdk()}/bin/java", [f"@{HERE.parent}/launcher/jvm.options"]
    subprocess.run([f"{jdk()}/bin/javac", "-d", folder, str(HERE / "Hello.java")], check=True)
    subprocess.run([f"{jdk()}/bin/jar", "-cfe", f"{folder}/hello.jar", "Hello", "-C", folder, "Hello.class"], check=True)
    jar = ["-jar", f"{folder}/hello.jar"]
    subprocess.run([java, f"-XX:AOTCacheOutput={folder}/hello.aot", *flags, *jar], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return [java, f"-XX:AOTCache={folder}/hello.aot", *flags, *jar]


def oshi(classpath, folder):
    source = pathlib.Path(folder) / "Oshi.java"
    source.write_text("""
        public final class Oshi {
            public static void main(String[] args) {
                var stats = new oshi.SystemInfo().getOperatingSystem().getInternetProtocolStats();
                for (var c : stats.getConnections()) System.out.println(c);
            }
        }""")
    subprocess.run([f"{jdk()}/bin/javac", "-cp", classpath, "-d", folder, str(source)], check=True)
    return [f"{jdk()}/bin/java", "-cp", f"{classpath}:{folder}", "Oshi"]


def peers(arguments, folder):
    extra = {}
    if subprocess.run([sys.executable, "-c", "import psutil"], stderr=subprocess.DEVNULL).returncode == 0:
        extra["psutil"] = [sys.executable, "-c", "import psutil\nfor c in psutil.net_connections('tcp'): print(c)"]
    if arguments.oshi:
        extra["oshi"] = oshi(arguments.oshi, folder)
    return extra


def quiet(arguments, folder):
    return {"hello": hello(folder), "berth who 1": [BERTH, "who", "1"]}, [("berth who 1", "hello", 2.5, 1.6)]


def typical(arguments, folder):
    commands = {"berth list": [BERTH, "list", "protocol=tcp"], "ss -tanp": ["ss", "-tanp"],
                "lsof -nPiTCP": ["lsof", "-nPiTCP"], **peers(arguments, folder)}
    return commands, [("berth list", "lsof -nPiTCP", 1.0, 0.75), ("berth list", "oshi", 0.35, 0.25)]


def established(arguments, folder):
    subprocess.run(["cc", "-O2", "-o", f"{folder}/floor", str(HERE / "floor.c")], check=True)
    commands = {"floor": [f"{folder}/floor"],
                "berth who 905": [BERTH, "who", "905"], "berth why 905": [BERTH, "why", "905"],
                "berth list --no-owners": [BERTH, "list", "--no-owners"], "berth list": [BERTH, "list"],
                "berth doctor --no-owners": [BERTH, "doctor", "--no-owners"], "berth doctor": [BERTH, "doctor"],
                "ss -tan": ["ss", "-tan"], "ss -tlnp": ["ss", "-tlnp"], "lsof -nPiTCP": ["lsof", "-nPiTCP"],
                "lsof -nPiTCP:905": ["lsof", "-nPiTCP:905", "-sTCP:LISTEN"]}
    if not arguments.no_slow:
        commands |= {"ss -tanp": ["ss", "-tanp"], "netstat -tanp": ["netstat", "-tanp"]}
    commands |= peers(arguments, folder)
    return commands, [
        ("berth who 905", "ss -tlnp", 0.3, 0.15), ("berth who 905", "lsof -nPiTCP:905", 0.12, 0.05),
        ("berth list --no-owners", "ss -tan", 0.8, 0.6), ("berth list", "oshi", 0.4, 0.25),
        ("berth list", "psutil", 0.3, 0.2), ("berth list", "lsof -nPiTCP", 0.3, 0.18),
        ("berth list", "ss -tanp", 0.06, 0.035), ("berth list", "netstat -tanp", "–", "–"),
        ("berth doctor --no-owners", "ss -tan", 0.65, 0.5), ("berth doctor --no-owners", "floor", 1.6, 1.2),
        ("berth doctor", "lsof -nPiTCP", 0.3, 0.2), ("berth doctor", "oshi", 0.4, 0.3)]


def time_wait(_arguments, folder):
    subprocess.run(["cc", "-O2", "-o", f"{folder}/floor", str(HERE / "floor.c")], check=True)
    commands = {"floor": [f"{folder}/floor"], "berth doctor --no-owners": [BERTH, "doctor", "--no-owners"],
                "ss -tan": ["ss", "-tan"]}
    return commands, [("berth doctor --no-owners", "ss -tan", 0.45, 0.3), ("berth doctor --no-owners", "floor", "–", "–")]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scene", choices=["quiet", "typical", "established", "time-wait"])
    parser.add_argument("size", nargs="?", type=int)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--no-slow", action="store_true", help="leave out ss -tanp and netstat -tanp")
    parser.add_argument("--oshi", metavar="CLASSPATH")
    arguments = parser.parse_args()
    if os.environ.get("BERTH_BENCH_NAMESPACE") != "1":
        inside = ["unshare", "-n", "sh", "-c", SETUP + ' && exec "$@"', "sh", sys.executable, *sys.argv]
        os.execvpe("unshare", inside, {**os.environ, "BERTH_BENCH_NAMESPACE": "1"})
    subprocess.run([BERTH, "version"], check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory() as folder:
        scene = {"quiet": quiet, "typical": typical, "established": established, "time-wait": time_wait}[arguments.scene]
        commands, ratios = scene(arguments, folder)
        populate = {"typical": ["typical", "200", "20", "5"], "established": ["established", "10", str(arguments.size or 9500)],
                    "time-wait": ["time-wait", str(arguments.size or 500_000)]}.get(arguments.scene)
        holder = None
        if populate:
            subprocess.run(["cc", "-O2", "-o", f"{folder}/populate", str(HERE / "populate.c")], check=True)
            holder = subprocess.Popen([f"{folder}/populate", *populate], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            if holder.stdout.readline() != b"ready\n":
                sys.exit("the sockets could not be made")
        try:
            samples = measure(commands, arguments.rounds)
        finally:
            if holder:
                holder.stdin.close()
                holder.wait()
    print(f"{arguments.scene}: Linux {os.uname().release}, {os.cpu_count()} processors, {arguments.rounds} rounds\n")
    report(samples, ratios)


if __name__ == "__main__":
    main()
