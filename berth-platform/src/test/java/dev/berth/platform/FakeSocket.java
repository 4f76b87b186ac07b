package dev.berth.platform;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A socket as a test writes it: {@code [udp] LOCAL [-> REMOTE] STATE [name(pid)]… [expires=MILLIS]}, such as
 * {@code 10.0.0.1:41234 -> 10.0.0.9:5432 ESTABLISHED shop(77)}.
 */
record FakeSocket(
        Protocol protocol,
        TcpState state,
        Endpoint from,
        @Nullable Endpoint to,
        List<ProcessInfo> holders,
        int expiresInMillis,
        long inode,
        long cookie)
        implements SocketRow {
    static FakeSocket parse(String line, long inode) {
        var words = new ArrayList<>(List.of(line.strip().split(" +", -1)));
        Protocol protocol = words.getFirst().equals("udp") ? Protocol.UDP : Protocol.TCP;
        if (protocol == Protocol.UDP) {
            words.removeFirst();
        }
        Endpoint from = Endpoint.parse(words.removeFirst());
        Endpoint to = null;
        if (words.getFirst().equals("->")) {
            words.removeFirst();
            to = Endpoint.parse(words.removeFirst());
        }
        TcpState state = TcpState.valueOf(words.removeFirst());
        int expires = -1;
        var holders = new ArrayList<ProcessInfo>();
        for (String word : words) {
            if (word.startsWith("expires=")) {
                expires = Integer.parseInt(word.substring(8));
            } else {
                int open = word.lastIndexOf('(');
                int pid = Integer.parseInt(word.substring(open + 1, word.length() - 1));
                holders.add(new ProcessInfo(pid, word.substring(0, open), null, null, null, null, null));
            }
        }
        boolean orphan = state == TcpState.FIN_WAIT2 && expires >= 0;
        boolean kernelHeld = state == TcpState.TIME_WAIT || state == TcpState.SYN_RECV || orphan;
        return new FakeSocket(protocol, state, from, to, holders, expires, kernelHeld ? 0 : inode, inode);
    }

    /** The same socket once {@code pid} has ended, in fewer hands. */
    FakeSocket without(int pid) {
        List<ProcessInfo> left =
                holders.stream().filter(holder -> holder.pid() != pid).toList();
        return new FakeSocket(protocol, state, from, to, left, expiresInMillis, inode, cookie);
    }

    /** As Windows shows it: with its owner's process id in place of an inode, and no timer. */
    FakeSocket onWindows() {
        int pid = holders.isEmpty() ? 0 : holders.getFirst().pid();
        return new FakeSocket(protocol, state, from, to, holders, -1, pid, cookie);
    }

    FakeSocket withoutCookie() {
        return new FakeSocket(protocol, state, from, to, holders, expiresInMillis, inode, 0);
    }

    boolean heldBy(int pid) {
        return holders.stream().anyMatch(holder -> holder.pid() == pid);
    }

    @Override
    public long localHigh() {
        return from.address().high();
    }

    @Override
    public long localLow() {
        return from.address().low();
    }

    @Override
    public int localPort() {
        return from.port();
    }

    private IpAddress remoteOrAny() {
        if (to != null) {
            return to.address();
        }
        return from.address().isV4() ? IpAddress.ANY_V4 : IpAddress.ANY_V6;
    }

    @Override
    public long remoteHigh() {
        return remoteOrAny().high();
    }

    @Override
    public long remoteLow() {
        return remoteOrAny().low();
    }

    @Override
    public int remotePort() {
        return to == null ? 0 : to.port();
    }

    @Override
    public long cgroup() {
        return 0;
    }

    @Override
    public int uid() {
        return 0;
    }

    @Override
    public long receiveQueue() {
        return 0;
    }

    @Override
    public long sendQueue() {
        return 0;
    }

    @Override
    public int device() {
        return 0;
    }

    @Override
    public boolean v6Only() {
        return false;
    }
}
