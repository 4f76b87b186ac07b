package dev.berth.platform;

import java.util.Arrays;

/** A set of socket inodes without an object per inode. Fill it on one thread, then any number may ask. */
public final class InodeSet {
    private static final int SMALLEST = 16;

    private long[] slots = new long[SMALLEST]; // 0 is an empty slot: no socket has inode 0
    private int size;

    /** Adds {@code inode}; 0, which means "no inode", is passed over. */
    public void add(long inode) {
        if (inode == 0) {
            return;
        }
        if (size * 2 >= slots.length) {
            grow();
        }
        int at = find(inode);
        if (slots[at] == 0) {
            slots[at] = inode;
            size++;
        }
    }

    public boolean contains(long inode) {
        return inode != 0 && slots[find(inode)] == inode;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** The inodes in ascending order. */
    public long[] toArray() {
        long[] all = new long[size];
        int at = 0;
        for (long inode : slots) {
            if (inode != 0) {
                all[at++] = inode;
            }
        }
        Arrays.sort(all);
        return all;
    }

    private int find(long inode) {
        int mask = slots.length - 1;
        int at = (int) (inode * 0x9E3779B97F4A7C15L >>> 32) & mask; // inodes run in sequence: spread them
        while (slots[at] != 0 && slots[at] != inode) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        for (long inode : old) {
            if (inode != 0) {
                slots[find(inode)] = inode;
            }
        }
    }
}
