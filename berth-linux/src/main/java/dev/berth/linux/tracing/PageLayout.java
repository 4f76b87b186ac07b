package dev.berth.linux.tracing;

import dev.berth.platform.HostReadException;

/**
 * How a page of the ring buffer starts, as {@code events/header_page} says. It opens with a 64-bit time.
 *
 * @param commit where the length of what follows is, with the flags in its upper bits
 * @param data where the first event starts
 * @param size of a page in bytes
 */
record PageLayout(int commit, int data, int size) {
    private static final int LARGEST = 1 << 24; // far above the largest sub-buffer a kernel can be told to use

    static PageLayout parse(String headerPage) throws HostReadException {
        var fields = Fields.parse("a page of events", headerPage);
        if (fields.get("timestamp", Long.BYTES).offset() != 0) {
            throw Tracefs.unknown("in this kernel a page of events does not start with its time");
        }
        int commit = fields.get("commit", Long.BYTES).offset(); // a long, and this is no 32-bit kernel
        Fields.Field data = fields.get("data");
        if (commit < Long.BYTES || data.offset() < commit + Long.BYTES || data.end() > LARGEST) {
            throw Tracefs.unknown("this kernel's description of a page of events is not consistent");
        }
        return new PageLayout(commit, data.offset(), data.end());
    }
}
