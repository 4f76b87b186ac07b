#!/usr/bin/env python3
"""Times a request over a new connection as the local ports run out: through HAProxy, by the kernel's choice of the port and
from a range (server ... source 127.0.0.1:4000-11999), and straight from Java, by the kernel's choice and by the library's.

    sudo bench/haproxy.py [ROUNDS]

Needs root (a private network namespace) and haproxy. 8,000 ports for each, since HAProxy has two files open for each
connection and a process may have 20,000 here; so the kernel's search is shorter than in berth lab bench --scene client. Each holds the
connections that fill its own ports: HAProxy for clients, on a Unix socket, that do not hang up. A request is one byte there and
one back; its connection is reset afterwards (option nolinger), so no TIME_WAIT is left and the fill stays. Each round times
all, in an order that changes.

Comparable: what the kernel's choice costs over the chosen port, within HAProxy and within Java. Not comparable: the
microseconds of HAProxy with those of Java, since a request through HAProxy has one more hop and a client in Python.
"""
import ast
import os
import pathlib
import random
import selectors
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
PORTS = 8000
FILLS = (0, 45, 90, 99)
REQUESTS = 100
WARM_UPS = 50  # rounds
SERVERS = (61001, 61002)  # one for HAProxy, one for Java: each has the kernel's whole range to itself
SETUP = ('ip link set lo up && echo "32768 40767" >/proc/sys/net/ipv4/ip_local_port_range && '
         'echo 0 >/proc/sys/net/ipv4/tcp_tw_reuse && echo 8192 >/proc/sys/net/core/somaxconn')
CONFIG = """
global
    maxconn 9000
    nbthread 1
defaults
    mode tcp
    timeout connect 10s
    timeout client 1h
    timeout server 1h
listen through
    bind unix@{folder}/{name}.sock backlog 8192
    option nolinger
    server echo 127.0.0.1:61001 {source}
"""
SOURCES = {"kernel": "", "range": "source 127.0.0.1:4000-11999"}


def serve(port):
    """The server: a byte back for each."""
    listener = socket.create_server(("127.0.0.1", port), backlog=8192)
    ready = selectors.DefaultSelector()
    ready.register(listener, selectors.EVENT_READ)
    print("ready", flush=True)
    while True:
        for key, _ in ready.select():
            if key.fileobj is listener:
                ready.register(listener.accept()[0], selectors.EVENT_READ)
                continue
            try:
                if key.fileobj.recv(64):
                    key.fileobj.send(b"y")
                    continue
            except ConnectionResetError:
                pass
            ready.unregister(key.fileobj)
            key.fileobj.close()


class Haproxy:
    """One that opens its connections in one way."""

    def __init__(self, folder, name):
        self.name = f"HAProxy, {name}"
        self.path = f"{folder}/{name}.sock"
        self.held = []
        config = pathlib.Path(folder, f"{name}.cfg")
        config.write_text(CONFIG.format(folder=folder, name=name, source=SOURCES[name]))
        self.process = subprocess.Popen(["haproxy", "-q", "-db", "-f", config])
        while not os.path.exists(self.path):
            if self.process.poll() is not None:
                sys.exit("haproxy does not start")
            time.sleep(0.01)

    def ask(self):
        client = socket.socket(socket.AF_UNIX)
        client.connect(self.path)
        client.send(b"x")
        if client.recv(1) != b"y":
            raise ConnectionError("no answer")
        return client

    def hold(self, count):
        self.held += [self.ask() for _ in range(count)]

    def time(self):
        took = []
        for _ in range(REQUESTS):
            begun = time.perf_counter()
            try:
                client = self.ask()
            except ConnectionError:
                continue
            took.append((time.perf_counter() - begun) * 1e6)
            client.close()
        return took


class Java:
    """Sockets of the JDK, or of the library."""

    def __init__(self, java, jar, name, way):
        self.name = f"Java, {name}"
        self.way = way
        self.process = subprocess.Popen([java, "-cp", jar, "dev.berth.lab.client.Requests", str(SERVERS[1]), "12000", "19999"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def order(self, what, count):
        print(what, self.way, count, file=self.process.stdin, flush=True)
        return self.process.stdout.readline()

    def hold(self, count):
        self.order("hold", count)

    def time(self):
        return ast.literal_eval(self.order("time", REQUESTS))


def measure(ways, rounds):
    """The medians of the rounds, and how many requests found no port."""
    medians, failed = {way: [] for way in ways}, 0
    for _ in range(rounds):
        for way in random.sample(ways, len(ways)):
            took = way.time()
            failed += REQUESTS - len(took)
            medians[way].append(statistics.median(took))
    return medians, failed


def bench(ways, rounds):
    measure(ways, WARM_UPS)
    print("µs of a request, median of the rounds' medians [lowest, highest]\n")
    print("| ports taken | " + " | ".join(way.name for way in ways) + " | kernel ÷ range, HAProxy | kernel ÷ library, Java | failed |")
    print("|---" * (len(ways) + 4) + "|")
    have = 0
    for fill in FILLS:
        want = PORTS * fill // 100
        for way in ways:
            way.hold(want - have)
        have = want
        medians, failed = measure(ways, rounds)
        middle = [statistics.median(medians[way]) for way in ways]
        cells = [f"{m:.0f} [{min(medians[w]):.0f}, {max(medians[w]):.0f}]" for w, m in zip(ways, middle)]
        print(f"| {fill} % | " + " | ".join(cells) + f" | {middle[0] / middle[1]:.1f} | {middle[2] / middle[3]:.1f} | {failed} |", flush=True)


def lab():
    """The JDK's java, and Berth's jar, which has the benches."""
    build = ('cd "$0/.." && ./berth version >&2 && . launcher/find-jdk.sh && find_jdk && '
             'read -r hash <.berth/current && echo "$jdk/bin/java $PWD/.berth/berth-$hash.jar"')
    return subprocess.run(["sh", "-c", build, str(HERE)], check=True, stdout=subprocess.PIPE, text=True).stdout.split()


def main():
    if sys.argv[1:2] == ["serve"]:
        serve(int(sys.argv[2]))
    if os.environ.get("BERTH_BENCH_NAMESPACE") != "1":
        java = lab()
        first = ["chrt", "-f", "1"]  # before other programs: on a machine that does something else meanwhile, the medians stay
        if subprocess.run([*first, "true"], stderr=subprocess.DEVNULL).returncode != 0:
            first = []
        inside = [*first, "unshare", "-n", "sh", "-c", SETUP + ' && exec "$@"', "sh", sys.executable, __file__, *java, *sys.argv[1:]]
        os.execvpe(inside[0], inside, {**os.environ, "BERTH_BENCH_NAMESPACE": "1"})
    java, jar, *rounds = sys.argv[1:]
    processes = []
    try:
        for port in SERVERS:
            server = subprocess.Popen([sys.executable, __file__, "serve", str(port)], stdout=subprocess.PIPE)
            processes.append(server)
            if server.stdout.readline() != b"ready\n":
                sys.exit("the server does not start")
        with tempfile.TemporaryDirectory() as folder:
            ways = []
            for way in (lambda: Haproxy(folder, "kernel"), lambda: Haproxy(folder, "range"),
                        lambda: Java(java, jar, "kernel", "PLAIN_SOCKET"), lambda: Java(java, jar, "library", "LIBRARY_SOCKET")):
                ways.append(way())
                processes.append(ways[-1].process)
            bench(ways, int(rounds[0]) if rounds else 15)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


if __name__ == "__main__":
    main()
