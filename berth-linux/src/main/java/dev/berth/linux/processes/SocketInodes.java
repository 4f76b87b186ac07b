package dev.berth.linux.processes;

import java.util.Arrays;

/** The sockets one process holds, as a list that is filled again for the next process. */
final class SocketInodes {
    private long[] inodes = new long[64];
    private int size;

    void clear() {
        size = 0;
    }

    void add(long inode) {
        if (size == inodes.length) {
            inodes = Arrays.copyOf(inodes, size * 2);
        }
        inodes[size++] = inode;
    }

    int size() {
        return size;
    }

    long get(int index) {
        return inodes[index];
    }
}
