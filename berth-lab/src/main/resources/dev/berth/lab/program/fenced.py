"""Calls a web service as Shop does with keep-alive off, from local ports that IP_LOCAL_PORT_RANGE fences in.

to=ADDRESS:PORT calls=N rate=N ports=FIRST-LAST
"""

import socket
import sys
import time

IP_LOCAL_PORT_RANGE = 51  # linux/in.h, since 6.3; Python names it from 3.12 on
REQUEST = b"GET / HTTP/1.1\r\nHost: service\r\n\r\n"

options = dict(word.split("=", 1) for word in sys.argv[1:])
address, port = options["to"].rsplit(":", 1)
calls = int(options["calls"])
interval = 1 / int(options["rate"])
first, last = map(int, options["ports"].split("-"))


def call():
    with socket.socket() as connection:
        connection.setsockopt(socket.IPPROTO_IP, IP_LOCAL_PORT_RANGE, last << 16 | first)
        connection.connect((address, int(port)))
        connection.sendall(REQUEST)
        answer = b""
        while not answer.endswith(b"\n") or b"\r\n\r\n" not in answer:
            received = connection.recv(4096)
            if not received:
                raise ConnectionError("the server closed before it had answered")
            answer += received


try:
    with socket.socket() as unconnected:
        unconnected.setsockopt(socket.IPPROTO_IP, IP_LOCAL_PORT_RANGE, last << 16 | first)
except OSError as error:
    sys.exit(f"this kernel has no IP_LOCAL_PORT_RANGE: {error}")

begun = time.monotonic()
due = begun
failed = 0
answered = []
for _ in range(calls):
    due = max(due + interval, time.monotonic())
    time.sleep(max(0, due - time.monotonic()))
    start = time.monotonic()
    try:
        call()
        answered.append(time.monotonic() - start)
    except OSError as error:
        failed += 1
        print(f"call failed: {error}", file=sys.stderr)
seconds = time.monotonic() - begun
told = f"calls={calls} failed={failed} connections={len(answered)} seconds={seconds:.1f}"
told += f" answeredPerSecond={len(answered) / seconds:.0f}"
if answered:
    told += f" medianMillis={sorted(answered)[len(answered) // 2] * 1e3:.1f}"
print(told)
