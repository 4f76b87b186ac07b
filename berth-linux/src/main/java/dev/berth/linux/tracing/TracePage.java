package dev.berth.linux.tracing;

import dev.berth.platform.HostReadException;
import java.nio.ByteBuffer;

/**
 * One page of the kernel's ring buffer: kernel/trace/ring_buffer.c and {@code events/header_event}. An event starts with 32
 * bits: the lower 5 say its kind, the upper 27 the nanoseconds since the one before it.
 */
final class TracePage {
    private static final long LENGTH = 0xfffff; // of commit
    private static final long COUNT_FOLLOWS = 1L << 30; // RB_MISSED_STORED
    private static final long EVENTS_LOST = 1L << 31; // RB_MISSED_EVENTS

    private static final int KIND_BITS = 5;
    private static final int KIND = (1 << KIND_BITS) - 1;
    private static final int DELTA_BITS = 27;
    /** The lengths that a kind says: one to 28 words. */
    private static final int LONGEST_SHORT = 28;

    private static final int PADDING = 29;
    private static final int TIME_EXTEND = 30;
    private static final int TIME_STAMP = 31;
    /** What a time stamp has no room for, and keeps from the time before: TS_MSB. */
    private static final long STAMP_LACKS = 0xf8L << 56;

    private TracePage() {}

    /** What is done with an event. */
    interface Sink {
        /**
         * @param page where it is, valid only during the call
         * @param at its first byte
         * @param length in bytes
         * @param nanos its time, on the clock of the instance
         */
        void event(ByteBuffer page, int at, int length, long nanos) throws HostReadException;
    }

    /**
     * @param page in the kernel's byte order, from its first byte on
     * @param length how many bytes came
     * @return how many events were lost before it, at least
     */
    static long decode(ByteBuffer page, int length, PageLayout layout, Sink sink) throws HostReadException {
        if (length < layout.data()) {
            throw broken("is shorter than its own head");
        }
        long commit = page.getLong(layout.commit());
        int end = layout.data() + (int) (commit & LENGTH);
        if (end > length) {
            throw broken("says that it is longer than it is");
        }
        events(page, layout.data(), end, sink);
        if ((commit & EVENTS_LOST) == 0) {
            return 0;
        }
        boolean counted = (commit & COUNT_FOLLOWS) != 0 && end + Long.BYTES <= length;
        return counted ? Math.max(page.getLong(end), 1) : 1;
    }

    private static void events(ByteBuffer page, int start, int end, Sink sink) throws HostReadException {
        long time = page.getLong(0);
        for (int at = start; at + Integer.BYTES <= end; ) {
            int head = page.getInt(at);
            int kind = head & KIND;
            long delta = Integer.toUnsignedLong(head) >>> KIND_BITS;
            int body = at + Integer.BYTES;
            if (kind == PADDING && delta == 0) {
                return; // nothing but padding follows
            }
            boolean sized = 1 <= kind && kind <= LONGEST_SHORT;
            if (!sized && body + Integer.BYTES > end) {
                throw broken("ends within an event");
            }
            int next; // where sized is false, a word follows the head
            switch (kind) {
                case TIME_EXTEND -> {
                    time += delta + (Integer.toUnsignedLong(page.getInt(body)) << DELTA_BITS);
                    next = body + Integer.BYTES;
                }
                case TIME_STAMP -> {
                    long stamp = delta + (Integer.toUnsignedLong(page.getInt(body)) << DELTA_BITS);
                    time = time & STAMP_LACKS | stamp;
                    next = body + Integer.BYTES;
                }
                case PADDING -> { // an event that was withdrawn
                    time += delta;
                    next = after(body, page.getInt(body), end);
                }
                case 0 -> { // its length, which counts itself, is in the first word
                    time += delta;
                    next = after(body, page.getInt(body), end);
                    if (next - body < Integer.BYTES) {
                        throw broken("has an event that is shorter than its length");
                    }
                    sink.event(page, body + Integer.BYTES, next - body - Integer.BYTES, time);
                }
                default -> {
                    time += delta;
                    next = after(body, kind * Integer.BYTES, end);
                    sink.event(page, body, next - body, time);
                }
            }
            at = next;
        }
    }

    private static int after(int body, int length, int end) throws HostReadException {
        if (length < 0 || length > end - body) {
            throw broken("ends within an event");
        }
        return body + length;
    }

    private static HostReadException broken(String how) {
        return Tracefs.unknown("a page of events that the kernel gave " + how);
    }
}
