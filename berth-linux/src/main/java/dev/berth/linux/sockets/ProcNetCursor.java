package dev.berth.linux.sockets;

import dev.berth.linux.kernel.KernelFiles;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import dev.berth.platform.SocketCursor;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/**
 * Rows of {@code /proc/net/tcp} and its siblings, proc_net(5): the fallback where sock_diag is refused. Each line has
 * {@code sl: local remote st tx:rx tr:when retransmits uid timeout inode …}; addresses are in hexadecimal, as words of the
 * machine, which is little-endian wherever Berth runs.
 */
final class ProcNetCursor implements SocketCursor {
    /** A file and what is in it. */
    record Table(String path, Protocol protocol) {}

    private static final int MILLIS_PER_TICK = 10; // USER_HZ is 100 on every architecture
    private static final int TIMER_TIME_WAIT = 3;
    private static final int V4_DIGITS = 8;
    private static final int V6_DIGITS = 32;

    private final KernelFiles files;
    private final Iterator<Table> tables;
    private final RowFilter filter;

    private byte[] text = {};
    private int at;
    private String path = "";

    private Protocol protocol = Protocol.TCP;
    private TcpState state = TcpState.BOUND;
    private long localHigh;
    private long localLow;
    private int localPort;
    private long remoteHigh;
    private long remoteLow;
    private int remotePort;
    private long sendQueue;
    private long receiveQueue;
    private int expires;
    private int uid;
    private long inode;

    ProcNetCursor(KernelFiles files, List<Table> tables, RowFilter filter) {
        this.files = files;
        this.tables = tables.iterator();
        this.filter = filter;
    }

    @Override
    public boolean next() throws HostReadException {
        while (true) {
            if (at >= text.length) {
                if (!tables.hasNext()) {
                    return false;
                }
                open(tables.next());
                continue;
            }
            boolean known = readLine();
            at++; // the newline
            if (known && filter.admits(this)) {
                return true;
            }
        }
    }

    private void open(Table table) throws HostReadException {
        path = table.path();
        protocol = table.protocol();
        try {
            byte[] read = files.read(path);
            text = read == null ? new byte[0] : read; // a kernel without IPv6 has no tcp6
        } catch (IOException e) {
            throw new HostReadException(
                    Kind.NOT_PERMITTED, "cannot read " + path, String.valueOf(e.getMessage()), "run it as root");
        }
        at = 0;
        skipLine(); // the headings
        at++;
    }

    private boolean readLine() throws HostReadException {
        skipWord(); // sl
        int digits = addressDigits();
        localHigh = high(at, digits);
        localLow = low(at, digits);
        at += digits;
        expect(':');
        localPort = (int) hex();
        digits = addressDigits();
        remoteHigh = high(at, digits);
        remoteLow = low(at, digits);
        at += digits;
        expect(':');
        remotePort = (int) hex();
        int stateNumber = (int) hex();
        sendQueue = hex();
        expect(':');
        receiveQueue = hex();
        int timer = (int) hex();
        expect(':');
        long when = hex();
        expires = timer == TIMER_TIME_WAIT ? (int) Math.min(when * MILLIS_PER_TICK, Integer.MAX_VALUE) : -1;
        hex(); // retransmits
        uid = (int) decimal();
        decimal(); // timeout
        inode = decimal();
        skipLine();
        if (localPort > 0xffff || remotePort > 0xffff) {
            throw malformed();
        }
        TcpState known = StateNumber.of(protocol, stateNumber);
        if (known == null) {
            return false;
        }
        state = known;
        if (state == TcpState.LISTEN) {
            sendQueue = -1; // the limit of the backlog is not in this file
        }
        return true;
    }

    /** Moves to an address and counts its digits. */
    private int addressDigits() throws HostReadException {
        skipBlanks();
        int end = at;
        while (end < text.length && Character.digit(text[end], 16) >= 0) {
            end++;
        }
        int digits = end - at;
        if (digits != V4_DIGITS && digits != V6_DIGITS) {
            throw malformed();
        }
        return digits;
    }

    private long high(int from, int digits) {
        return digits == V4_DIGITS ? 0 : (long) word(from) << 32 | Integer.toUnsignedLong(word(from + 8));
    }

    private long low(int from, int digits) {
        return digits == V4_DIGITS
                ? IpAddress.lowOfV4(word(from))
                : (long) word(from + 16) << 32 | Integer.toUnsignedLong(word(from + 24));
    }

    private int word(int from) {
        int value = 0;
        for (int i = from; i < from + 8; i++) {
            value = value << 4 | Character.digit(text[i], 16);
        }
        return Integer.reverseBytes(value);
    }

    private long hex() throws HostReadException {
        return number(16, 8);
    }

    private long decimal() throws HostReadException {
        return number(10, 10);
    }

    private long number(int radix, int mostDigits) throws HostReadException {
        skipBlanks();
        long value = 0;
        int from = at;
        for (int digit; at < text.length && (digit = Character.digit(text[at], radix)) >= 0; at++) {
            value = value * radix + digit;
        }
        if (at == from || at - from > mostDigits) {
            throw malformed();
        }
        return value;
    }

    private void expect(char wanted) throws HostReadException {
        if (at >= text.length || text[at] != wanted) {
            throw malformed();
        }
        at++;
    }

    private void skipWord() throws HostReadException {
        skipBlanks();
        while (at < text.length && text[at] != ':') {
            at++;
        }
        expect(':');
    }

    private void skipBlanks() {
        while (at < text.length && text[at] == ' ') {
            at++;
        }
    }

    private void skipLine() {
        while (at < text.length && text[at] != '\n') {
            at++;
        }
    }

    private HostReadException malformed() {
        return new HostReadException(
                Kind.NOT_ON_THIS_SYSTEM,
                "cannot read " + path,
                "it is not written as proc_net(5) says, at byte " + at,
                "report this line of the file");
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public TcpState state() {
        return state;
    }

    @Override
    public long localHigh() {
        return localHigh;
    }

    @Override
    public long localLow() {
        return localLow;
    }

    @Override
    public int localPort() {
        return localPort;
    }

    @Override
    public long remoteHigh() {
        return remoteHigh;
    }

    @Override
    public long remoteLow() {
        return remoteLow;
    }

    @Override
    public int remotePort() {
        return remotePort;
    }

    @Override
    public long inode() {
        return inode;
    }

    @Override
    public long cookie() {
        return 0;
    }

    @Override
    public long cgroup() {
        return 0;
    }

    @Override
    public int uid() {
        return uid;
    }

    @Override
    public int expiresInMillis() {
        return expires;
    }

    @Override
    public long receiveQueue() {
        return receiveQueue;
    }

    @Override
    public long sendQueue() {
        return sendQueue;
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
