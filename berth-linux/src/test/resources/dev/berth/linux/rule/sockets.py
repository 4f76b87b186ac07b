"""Makes sockets as it is told, and tells what the kernel did: one line in, one line out. See RealSockets.java."""

import errno
import os
import select
import socket
import struct
import sys
import time

IP_BIND_ADDRESS_NO_PORT = 24
IP_LOCAL_PORT_RANGE = 51
STATES = ["", "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT", "BOUND", "CLOSE_WAIT",
          "LAST_ACK", "LISTEN", "CLOSING"]
CLIENTS = 61000, 64999  # where the far ends of accepted connections run from
VERIFY_EVERY = 20

servers = {}
open_sockets = []
asked = 0
automatic_has_left = False  # an owner that had joined it may then leave its port open: see TupleSpace


def setting(name, value):
    with open("/proc/sys/net/ipv4/" + name, "w") as file:
        file.write(str(value))


def code(call):
    try:
        call()
        return "OK"
    except OSError as e:
        return errno.errorcode[e.errno]


def make(protocol, family, v6only, reuse_address, reuse_port, uid, device):
    os.seteuid(int(uid))
    try:
        made = socket.socket(socket.AF_INET6 if family == "6" else socket.AF_INET,
                             socket.SOCK_STREAM if protocol == "TCP" else socket.SOCK_DGRAM)
    finally:
        os.seteuid(0)
    if family == "6":
        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, int(v6only))
    if device != "0":
        made.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, socket.if_indextoname(int(device)).encode())
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(reuse_address))
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, int(reuse_port))
    open_sockets.append(made)
    return made


def text(made, address):
    """An address as that socket has to be told it."""
    if made.family == socket.AF_INET6 and ":" not in address:
        return "::ffff:" + address
    return address


def draw_from(made, first, last):
    made.setsockopt(socket.IPPROTO_IP, IP_LOCAL_PORT_RANGE, struct.pack("I", last << 16 | first))


class Held:
    """A socket on the port, alive or only remembered by the kernel."""

    def __init__(self, made, uid, device, origin):
        self.made, self.uid, self.device, self.origin = made, uid, device, origin
        self.state = self.ends = self.flags = None

    def look(self):
        made = self.made
        local = made.getsockname()
        try:
            remote = made.getpeername()[:2]
        except OSError:
            remote = None
        self.ends = local[:2], remote
        v6only = made.family == socket.AF_INET6 and made.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY)
        self.flags = [int(v6only), made.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR),
                      made.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT)]
        if made.type == socket.SOCK_STREAM:
            self.state = STATES[made.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]]
        else:
            self.state = "ESTABLISHED" if remote else "BOUND"

    def end(self, state, peer):
        """Brings a connection into a state."""
        if state == "CLOSE_WAIT":
            peer.shutdown(socket.SHUT_WR)
        elif state == "FIN_WAIT2":
            self.made.shutdown(socket.SHUT_WR)
        elif state in ("TIME_WAIT", "ORPHAN"):
            self.look()
            if state == "ORPHAN":
                self.made.shutdown(socket.SHUT_WR)
                peer.send(b".")  # what arrives with it acknowledges the end
                self.made.recv(1)
            self.made.close()
            if state == "TIME_WAIT":
                peer.close()
            self.made, self.uid = None, "-"
            self.state = "FIN_WAIT2" if state == "ORPHAN" else state

    def __str__(self):
        if self.made:
            self.look()
        (address, port), remote = self.ends
        return ",".join(map(str, [port, self.state, address, *(remote or ("-", "-")), *self.flags, self.uid, self.device,
                                  self.origin]))


def call(made, destination, port):
    """Connects to one of the servers; the far end, or None."""
    made.connect((text(made, destination), int(port)))
    if made.type == socket.SOCK_DGRAM:
        return None
    server = servers[int(port)]
    while True:  # what an attempt before left in the queue has another name
        peer = server.accept()[0]
        open_sockets.append(peer)
        if peer.getpeername()[1] == made.getsockname()[1]:
            return peer


def accept_any():
    """Accepts from whichever listener of the case was called: SO_REUSEPORT spreads over several."""
    listening = [made for made in open_sockets if made.fileno() >= 0 and made.type == socket.SOCK_STREAM
                 and made.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)]
    ready = select.select(listening, [], [], 5)[0]
    return ready[0].accept()[0]


def device_of(made):
    """Of an accepted connection it is that of the listener that was called."""
    name = made.getsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, 16).rstrip(b"\0")
    return str(socket.if_nametoindex(name.decode())) if name else "0"


def hold(protocol, port, words):
    """Makes one socket (or a listener and its connection) as it is told; the list of what came of it."""
    (kind, family, address, v6only, reuse_address, reuse_port, uid, device, destination, destination_port, state, late,
     late_port, accept_uid) = words
    made = make(protocol, family, v6only, reuse_address, reuse_port, uid, device)
    held = Held(made, uid, device, "OWNED")
    all_held = [held]
    peer = None
    try:
        if kind == "auto":
            if address != "-":
                made.setsockopt(socket.IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1)
                made.bind((text(made, address), 0))
            draw_from(made, port, port)
            peer = call(made, destination, destination_port)
            held.origin = "AUTOMATIC"
        elif kind == "any":
            draw_from(made, port, port)
            made.bind((text(made, address), 0))
            peer = call(made, destination, destination_port)
        else:
            made.bind((text(made, address), port))
            if kind == "out":
                peer = call(made, destination, destination_port)
            elif kind in ("listen", "accepted", "both"):
                made.listen(8)
            if kind in ("accepted", "both"):
                client = make("TCP", "6" if ":" in destination else "4", 0, 0, 0, 0, "0")
                draw_from(client, *CLIENTS)
                client.connect((destination, port))
                os.seteuid(int(accept_uid))
                try:
                    child = accept_any()
                finally:
                    os.seteuid(0)
                open_sockets.append(child)
                peer = client
                accepted = Held(child, accept_uid, device_of(child), "OWNED")
                all_held.append(accepted)
                if kind == "accepted":
                    made.close()
                    all_held.remove(held)
                held = accepted
    except OSError:
        for some in all_held:
            some.made.close()
        return []
    if late != "-":
        held.made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(late))
    if late_port != "-":
        held.made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, int(late_port))
    if peer:
        held.end(state, peer)
    return all_held


def forget_all():
    for made in open_sockets:
        if made.fileno() >= 0 and made.type == socket.SOCK_STREAM:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # leaves nothing behind
        made.close()
    open_sockets.clear()


def verify(all_held):
    """Holds what is remembered of closed sockets to what the kernel shows."""
    shown = set()
    for name in ("tcp", "tcp6"):
        with open("/proc/net/" + name) as file:
            next(file)
            for line in file:
                words = line.split()
                shown.add((int(words[1].split(":")[1], 16), int(words[2].split(":")[1], 16), int(words[3], 16)))
    for held in all_held:
        if not held.made:
            (_, port), remote = held.ends
            if (port, remote[1], STATES.index(held.state)) not in shown:
                raise AssertionError("not in the tables: " + str(held))


def without_taken_over(all_held, came):
    """A connection may take over the two ends of one that is closed: then that is no more."""
    for some in came:
        if some.made:
            some.look()
    global automatic_has_left
    ends = [plain(some.ends) for some in came]
    gone = [held for held in all_held if not held.made and plain(held.ends) in ends]
    automatic_has_left |= any(held.origin == "AUTOMATIC" for held in gone)
    return [held for held in all_held if held not in gone]


def plain(ends):
    return [end and (end[0].replace("::ffff:", ""), end[1]) for end in ends]


def holds(protocol, port, texts):
    all_held = []
    for words in texts:
        came = hold(protocol, port if words[0][0] == "*" else int(words[0]), words[1:])
        all_held = without_taken_over(all_held, came) + came
    global asked
    asked += 1
    if asked % VERIFY_EVERY == 0:
        verify(all_held)
    return all_held


def bind(port, protocol, texts, wanted):
    all_held = holds(protocol, port, texts)
    said = [";".join(map(str, all_held))]
    reuse_port_came = False
    for words in wanted:
        family, address, v6only, reuse_address, reuse_port, uid, device = words
        if reuse_port == "1" and reuse_port_came:
            said.append("SKIPPED")  # the port remembers it, although it is gone
            continue
        made = make(protocol, family, v6only, reuse_address, reuse_port, uid, device)
        said.append(code(lambda: made.bind((text(made, address), port))))
        if protocol == "TCP" and reuse_port == "1" and said[-1] == "OK":
            reuse_port_came = True
        made.close()
    return said


def connect(first, last, reserved, reuse, timestamps, texts, wanted):
    setting("ip_local_port_range", "1024 65535")
    setting("ip_local_reserved_ports", "\n")
    setting("tcp_timestamps", timestamps)
    global automatic_has_left
    automatic_has_left = False
    all_held = holds("TCP", 0, texts)
    setting("ip_local_port_range", "%d %d" % (first, last))
    setting("ip_local_reserved_ports", reserved if reserved != "-" else "\n")
    setting("tcp_tw_reuse", reuse)
    if any(held.state == "TIME_WAIT" for held in all_held):
        time.sleep(.004)  # tcp_tw_reuse_delay is 1 ms
    said = []
    for words in wanted:
        how, family, bound, port, reuse_address, reuse_port, uid, destination, destination_port = words
        said.append(";".join(map(str, all_held)))
        if automatic_has_left:
            said.append("SKIPPED")
            continue
        made = make("TCP", family, 0, reuse_address, reuse_port, uid, "0")

        def attempt():
            if how == "auto":
                made.setsockopt(socket.IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1)
            made.bind((text(made, bound), int(port)))

        result = code(attempt)
        if result == "OK":
            result = code(lambda: call(made, destination, destination_port))
            if result == "OK":
                all_held = without_taken_over(all_held, [Held(made, uid, "0", "OWNED")])
            said.append("CONNECT " + result)
        else:
            said.append("BIND " + result)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        made.close()
    return said


def fields(part):
    return [words.split(",") for words in part.split(";") if words]


def main():
    os.system("ip -6 addr add ::2/128 dev lo nodad; ip link add d0 type veth peer name d1 && ip link set d0 up")
    setting("ip_local_port_range", "1024 65535")
    setting("tcp_tw_reuse_delay", 1)
    for port in range(1009, 1013):
        servers[port] = socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True, backlog=64)
    devices = [str(index) for index, name in socket.if_nameindex() if name in ("lo", "d0")]
    socket.setdefaulttimeout(5)  # rather than to wait for what does not come
    print("ready", ",".join(devices), flush=True)
    for line in sys.stdin:
        head, texts, wanted = line.rstrip("\n").split("|")
        words = head.split(" ")
        if words[0] == "bind":
            said = bind(int(words[1]), words[2], fields(texts), fields(wanted))
        else:
            said = connect(int(words[1]), int(words[2]), *words[3:6], fields(texts), fields(wanted))
        forget_all()
        print("|".join(said), flush=True)


main()
