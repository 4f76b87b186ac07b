#!/usr/bin/env python3
"""Stages sockets and records what sock_diag and procfs say of them. Run: unshare -n sh -c 'ip link set lo up; python3 record.py'"""
import socket, struct, time

listener = socket.socket(); listener.bind(("127.0.0.1", 1433)); listener.listen(7)
client = socket.socket(); client.bind(("127.0.0.1", 40000)); client.connect(("127.0.0.1", 1433))
server, _ = listener.accept(); server.send(b"unread")
dual = socket.socket(socket.AF_INET6); dual.setsockopt(41, 26, 0); dual.bind(("::", 8080)); dual.listen(50)
mapped = socket.socket(); mapped.bind(("127.0.0.1", 40001)); mapped.connect(("127.0.0.1", 8080)); orphan, _ = dual.accept(); orphan.close()
only = socket.socket(socket.AF_INET6); only.setsockopt(41, 26, 1); only.bind(("::1", 8443)); only.listen(9)
bound = socket.socket(); bound.bind(("127.0.0.2", 1521))
waiting = socket.socket(); waiting.bind(("127.0.0.1", 40002)); waiting.connect(("127.0.0.1", 1433))
accepted, _ = listener.accept(); waiting.close(); accepted.recv(1); accepted.close()

time.sleep(0.5)  # until the last acknowledgement, so that both sources tell of the same states
diag = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 4)
diag.send(struct.pack("=IHHII", 76, 18, 0x301, 1, 0) + bytes(52) + struct.pack("=II", 0x2f7e | 0x1000, 0))
diag.setblocking(False)
with open("tcp.datagrams", "wb") as out:  # each after its length, four bytes, little-endian
    while True:
        try: datagram = diag.recv(65536)
        except BlockingIOError: break
        out.write(struct.pack("<I", len(datagram)) + datagram)
for name in ("tcp", "tcp6"):
    open(name + ".txt", "wb").write(open("/proc/net/" + name, "rb").read())
