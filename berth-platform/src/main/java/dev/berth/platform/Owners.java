package dev.berth.platform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which processes hold which sockets: pairs of inode and process id, without an object per pair. Immutable.
 */
public final class Owners {
    private final long[] inodes; // ascending; one entry for each holder, so an inode may stand several times
    private final int[] pids;
    private final boolean complete;
    private final Owner.Reason reasonForNobody;
    private final List<Gap> gaps;

    private Owners(long[] inodes, int[] pids, boolean complete, Owner.Reason reasonForNobody, List<Gap> gaps) {
        this.inodes = inodes;
        this.pids = pids;
        this.complete = complete;
        this.reasonForNobody = reasonForNobody;
        this.gaps = List.copyOf(gaps);
    }

    /** Nobody looked. */
    public static Owners notLooked() {
        return new Owners(new long[0], new int[0], false, Owner.Reason.NOT_LOOKED, List.of());
    }

    /** Whether every process was looked into, so that every holder is here. */
    public boolean complete() {
        return complete;
    }

    /** Whether no holder of any socket is known. */
    public boolean isEmpty() {
        return inodes.length == 0;
    }

    /** What could not be looked into. */
    public List<Gap> gaps() {
        return gaps;
    }

    /** Who holds the socket with this inode; 0 is a socket that the kernel alone holds. */
    public Owner of(long inode) {
        if (inode == 0) {
            return new Owner.Nobody(Owner.Reason.KERNEL_HELD);
        }
        int at = first(inode);
        if (at == inodes.length || inodes[at] != inode) {
            return new Owner.Nobody(reasonForNobody);
        }
        var holders = new ArrayList<Integer>();
        for (; at < inodes.length && inodes[at] == inode; at++) {
            if (holders.isEmpty() || !holders.getLast().equals(pids[at])) {
                holders.add(pids[at]);
            }
        }
        return new Owner.Held(holders);
    }

    /** The lowest process id that holds the socket with this inode, or 0 where none is known. */
    public int firstPidOf(long inode) {
        int at = first(inode);
        return inode != 0 && at < inodes.length && inodes[at] == inode ? pids[at] : 0;
    }

    private int first(long inode) {
        int at = Arrays.binarySearch(inodes, inode);
        if (at < 0) {
            return -at - 1;
        }
        while (at > 0 && inodes[at - 1] == inode) {
            at--;
        }
        return at;
    }

    /** Gathers pairs on one thread. */
    public static final class Builder {
        private long[] pairs = new long[64]; // inode << 32 | pid: both are 32-bit numbers, so sorting pairs sorts both
        private int size;

        /**
         * @param inode as the kernel numbers sockets: an unsigned 32-bit number
         */
        public void add(long inode, int pid) {
            if (size == pairs.length) {
                pairs = Arrays.copyOf(pairs, size * 2);
            }
            pairs[size++] = inode << 32 | Integer.toUnsignedLong(pid);
        }

        public boolean isEmpty() {
            return size == 0;
        }

        /** Takes over the pairs of another builder, as when two threads have gathered. */
        public void addAll(Builder other) {
            pairs = Arrays.copyOf(pairs, size + other.size + 1);
            System.arraycopy(other.pairs, 0, pairs, size, other.size);
            size += other.size;
        }

        /**
         * @param complete whether every process was looked into
         * @param reasonForNobody what it means when a socket has no holder here
         */
        public Owners build(boolean complete, Owner.Reason reasonForNobody, List<Gap> gaps) {
            flipSign();
            Arrays.sort(pairs, 0, size);
            flipSign();
            long[] inodes = new long[size];
            int[] pids = new int[size];
            for (int i = 0; i < size; i++) {
                inodes[i] = pairs[i] >>> 32;
                pids[i] = (int) pairs[i];
            }
            return new Owners(inodes, pids, complete, reasonForNobody, gaps);
        }

        private void flipSign() { // an inode above 2^31 makes its pair negative: sort as unsigned
            for (int i = 0; i < size; i++) {
                pairs[i] ^= Long.MIN_VALUE;
            }
        }
    }
}
