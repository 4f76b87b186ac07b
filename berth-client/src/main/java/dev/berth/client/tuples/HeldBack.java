package dev.berth.client.tuples;

/**
 * Indexes that are held back until a time, first come first gone: all are held back equally long, so no heap is needed
 * to know which is next. Grows to at most one entry for each index, and is small again when it was empty. Not thread-safe.
 */
final class HeldBack {
    private static final int SMALLEST = 16;
    private static final int KEPT = 1024; // entries of 12 bytes there is room for while it is empty

    private int[] indexes = new int[0];
    private long[] untils = new long[0]; // by System.nanoTime: only their difference means something
    private int head;
    private int size;

    void add(int index, long until) {
        if (size == indexes.length) {
            grow();
        }
        int tail = head + size & indexes.length - 1;
        indexes[tail] = index;
        untils[tail] = until;
        size++;
    }

    private void grow() {
        int[] moreIndexes = new int[Math.max(SMALLEST, size * 2)];
        long[] moreUntils = new long[moreIndexes.length];
        for (int i = 0; i < size; i++) {
            int from = head + i & indexes.length - 1;
            moreIndexes[i] = indexes[from];
            moreUntils[i] = untils[from];
        }
        indexes = moreIndexes;
        untils = moreUntils;
        head = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** Until when the one that goes first is held back; there is one. */
    long firstUntil() {
        return untils[head];
    }

    /** Takes out the one that goes first; there is one. */
    int removeFirst() {
        int index = indexes[head];
        head = head + 1 & indexes.length - 1;
        size--;
        if (size == 0 && indexes.length > KEPT) {
            indexes = new int[0];
            untils = new long[0];
            head = 0;
        }
        return index;
    }
}
