package dev.berth.linux.processes;

import java.util.Arrays;

/** The sockets one process holds and by which descriptors, as a list that is filled again for the next process. */
final class SocketInodes {
    private long[] inodes = new long[64];
    private int[] descriptors = new int[64];
    private int size;

    void clear() {
        size = 0;
    }

    void add(int descriptor, long inode) {
        if (size == inodes.length) {
            inodes = Arrays.copyOf(inodes, size * 2);
            descriptors = Arrays.copyOf(descriptors, size * 2);
        }
        descriptors[size] = descriptor;
        inodes[size++] = inode;
    }

    int size() {
        return size;
    }

    long get(int index) {
        return inodes[index];
    }

    /** The descriptors of the first {@code most} sockets. */
    int[] firstDescriptors(int most) {
        return Arrays.copyOf(descriptors, Math.min(size, most));
    }
}
