package dev.berth.client.tuples;

/**
 * Indexes that are held back until a time, first come first gone: all are held back equally long, so no heap is needed
 * to know which is next. Room of 12 bytes an entry: for 16 or more, and at most four times as many as are held. Not thread-safe.
 */
final class HeldBack {
    private static final int SMALLEST = 16;

    private int[] indexes = new int[0];
    private long[] untils = new long[0]; // by System.nanoTime: only their difference means something
    private int head;
    private int size;

    void add(int index, long until) {
        if (size == indexes.length) {
            resize(Math.max(SMALLEST, size * 2));
        }
        int tail = head + size & indexes.length - 1;
        indexes[tail] = index;
        untils[tail] = until;
        size++;
    }

    private void resize(int room) {
        int[] newIndexes = new int[room];
        long[] newUntils = new long[room];
        for (int i = 0; i < size; i++) {
            int from = head + i & indexes.length - 1;
            newIndexes[i] = indexes[from];
            newUntils[i] = untils[from];
        }
        indexes = newIndexes;
        untils = newUntils;
        head = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** How many entries there is room for. */
    int room() {
        return indexes.length;
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
        if (size < indexes.length / 4 && indexes.length > SMALLEST) {
            resize(indexes.length / 2);
        }
        return index;
    }
}
