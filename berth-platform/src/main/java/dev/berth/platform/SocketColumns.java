package dev.berth.platform;

import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import java.util.ArrayList;
import java.util.List;

/**
 * Sockets kept in columns: about 75 bytes each and no object per socket, grown in chunks so that growing never copies.
 * Appending and reading are for one thread at a time; {@link #cursor()} gives every reader its own place.
 */
@SuppressWarnings("EnumOrdinal") // a column keeps an enum in a byte
public final class SocketColumns {
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK_ROWS = 1 << CHUNK_BITS;
    private static final Protocol[] PROTOCOLS = Protocol.values();
    private static final Chunk NO_ROWS = new Chunk(0);

    private final List<Chunk> chunks = new ArrayList<>();
    private int size;

    private static final class Chunk {
        final long[] localHigh;
        final long[] localLow;
        final long[] remoteHigh;
        final long[] remoteLow;
        final char[] localPort;
        final char[] remotePort;
        final byte[] protocol;
        final byte[] state;
        final boolean[] v6Only;
        final int[] inode; // an unsigned 32-bit number, as the kernel gives it
        final long[] cookie;
        final long[] cgroup;
        final int[] uid;
        final int[] expires;
        final int[] receiveQueue;
        final int[] sendQueue;
        final int[] device;

        Chunk(int rows) {
            localHigh = new long[rows];
            localLow = new long[rows];
            remoteHigh = new long[rows];
            remoteLow = new long[rows];
            localPort = new char[rows];
            remotePort = new char[rows];
            protocol = new byte[rows];
            state = new byte[rows];
            v6Only = new boolean[rows];
            inode = new int[rows];
            cookie = new long[rows];
            cgroup = new long[rows];
            uid = new int[rows];
            expires = new int[rows];
            receiveQueue = new int[rows];
            sendQueue = new int[rows];
            device = new int[rows];
        }
    }

    /** How many sockets. */
    public int size() {
        return size;
    }

    /** Copies the current row of a cursor to the end. */
    public void append(SocketRow row) {
        int at = size & (CHUNK_ROWS - 1);
        if (at == 0) {
            chunks.add(new Chunk(CHUNK_ROWS));
        }
        Chunk chunk = chunks.get(size >>> CHUNK_BITS);
        chunk.localHigh[at] = row.localHigh();
        chunk.localLow[at] = row.localLow();
        chunk.remoteHigh[at] = row.remoteHigh();
        chunk.remoteLow[at] = row.remoteLow();
        chunk.localPort[at] = (char) row.localPort();
        chunk.remotePort[at] = (char) row.remotePort();
        chunk.protocol[at] = (byte) row.protocol().ordinal();
        chunk.state[at] = (byte) row.state().ordinal();
        chunk.v6Only[at] = row.v6Only();
        chunk.inode[at] = (int) row.inode();
        chunk.cookie[at] = row.cookie();
        chunk.cgroup[at] = row.cgroup();
        chunk.uid[at] = row.uid();
        chunk.expires[at] = row.expiresInMillis();
        chunk.receiveQueue[at] = (int) Math.min(row.receiveQueue(), Integer.MAX_VALUE);
        chunk.sendQueue[at] = (int) Math.min(row.sendQueue(), Integer.MAX_VALUE);
        chunk.device[at] = row.device();
        size++;
    }

    /**
     * Takes over the rows of {@code other}, which is empty afterwards. Its full chunks come before the last one here, so
     * that nothing but its own last chunk is copied; the order of rows is not kept.
     */
    public void appendAll(SocketColumns other) {
        int fullHere = size >>> CHUNK_BITS;
        int fullThere = other.size >>> CHUNK_BITS;
        chunks.addAll(fullHere, other.chunks.subList(0, fullThere));
        size += fullThere << CHUNK_BITS;
        var rest = other.cursor();
        for (int row = fullThere << CHUNK_BITS; row < other.size; row++) {
            append(rest.moveTo(row));
        }
        other.chunks.clear();
        other.size = 0;
    }

    /** A cursor before the first row. */
    public Cursor cursor() {
        return new Cursor();
    }

    /** Reads rows in the order they were appended, or any row by its number. */
    public final class Cursor implements SocketCursor {
        private int next;
        private int at;
        private Chunk chunk = NO_ROWS;

        @Override
        public boolean next() {
            if (next >= size) {
                return false;
            }
            moveTo(next);
            return true;
        }

        /** Makes row {@code index}, counted from 0, the current one. */
        public Cursor moveTo(int index) {
            at = index & (CHUNK_ROWS - 1);
            chunk = chunks.get(index >>> CHUNK_BITS);
            next = index + 1;
            return this;
        }

        /** The number of the current row, counted from 0. */
        public int index() {
            return next - 1;
        }

        @Override
        public Protocol protocol() {
            return PROTOCOLS[chunk.protocol[at]];
        }

        @Override
        public TcpState state() {
            return TcpState.of(chunk.state[at]);
        }

        @Override
        public long localHigh() {
            return chunk.localHigh[at];
        }

        @Override
        public long localLow() {
            return chunk.localLow[at];
        }

        @Override
        public int localPort() {
            return chunk.localPort[at];
        }

        @Override
        public long remoteHigh() {
            return chunk.remoteHigh[at];
        }

        @Override
        public long remoteLow() {
            return chunk.remoteLow[at];
        }

        @Override
        public int remotePort() {
            return chunk.remotePort[at];
        }

        @Override
        public long inode() {
            return Integer.toUnsignedLong(chunk.inode[at]);
        }

        @Override
        public long cookie() {
            return chunk.cookie[at];
        }

        @Override
        public long cgroup() {
            return chunk.cgroup[at];
        }

        @Override
        public int uid() {
            return chunk.uid[at];
        }

        @Override
        public int expiresInMillis() {
            return chunk.expires[at];
        }

        @Override
        public long receiveQueue() {
            return chunk.receiveQueue[at];
        }

        @Override
        public long sendQueue() {
            return chunk.sendQueue[at];
        }

        @Override
        public int device() {
            return chunk.device[at];
        }

        @Override
        public boolean v6Only() {
            return chunk.v6Only[at];
        }
    }
}
