package dev.berth.cli.log;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The part of a log that is being looked at, as UTF-8, and how many lines came before it. */
final class LogBuffer {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NEWLINES = 0x0a0a_0a0a_0a0a_0a0aL;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long LOW_BITS = 0x7f7f_7f7f_7f7f_7f7fL;

    private final byte[] bytes;
    private int filled;
    private long dropped;
    private int counted; // up to here newlines are counted
    private long newlines;
    private boolean unfinished; // the last line has no end
    private boolean binary;

    LogBuffer(int size) {
        bytes = new byte[size];
    }

    byte[] bytes() {
        return bytes;
    }

    int filled() {
        return filled;
    }

    int room() {
        return bytes.length - filled;
    }

    /** How many bytes of the log have gone. */
    long dropped() {
        return dropped;
    }

    /** Reads what there is, waiting for a byte at least. @return false at the end */
    boolean fill(InputStream in) throws IOException {
        int count = in.read(bytes, filled, bytes.length - filled);
        filled += Math.max(0, count);
        return count >= 0;
    }

    /** Lets go of what lies before an index. @return by how much the rest has moved */
    int drop(int before) {
        int gone = Math.max(0, before);
        countTo(gone);
        System.arraycopy(bytes, gone, bytes, 0, filled - gone);
        filled -= gone;
        counted -= gone;
        dropped += gone;
        return gone;
    }

    /** The number of the line with that byte, from 1; never asked for one before the last that was asked for. */
    long numberAt(int index) {
        countTo(index);
        return newlines + 1;
    }

    void countToEnd() {
        countTo(filled);
        unfinished = filled > 0 && bytes[filled - 1] != '\n';
    }

    /** The lines counted so far. */
    long lines() {
        return newlines + (unfinished ? 1 : 0);
    }

    /** Whether there was a NUL in what was counted. */
    boolean binary() {
        return binary;
    }

    private void countTo(int index) {
        int i = counted;
        long nul = 0;
        while (i + Long.BYTES <= index) {
            long inEach = 0; // newlines among the first of eight bytes, the second and so on; none may reach 256
            for (int last = Math.min(index - Long.BYTES, i + 254 * Long.BYTES); i <= last; i += Long.BYTES) {
                long eight = (long) EIGHT.get(bytes, i);
                long other = eight ^ NEWLINES;
                inEach += ~((other & LOW_BITS) + LOW_BITS | other | LOW_BITS) >>> 7;
                nul |= eight - ONES & ~eight;
            }
            newlines += (inEach & 0x00ff_00ff_00ff_00ffL) * 0x0001_0001_0001_0001L >>> 48;
            newlines += (inEach >>> 8 & 0x00ff_00ff_00ff_00ffL) * 0x0001_0001_0001_0001L >>> 48;
        }
        binary |= (nul & ~LOW_BITS) != 0;
        for (; i < index; i++) {
            newlines += bytes[i] == '\n' ? 1 : 0;
            binary |= bytes[i] == 0;
        }
        counted = Math.max(counted, index);
    }

    /** Where the line around an index begins; -1 where that is further away, or gone. */
    int startOfLine(int index, int furthest) {
        for (int i = index; i > 0 && i >= index - furthest; i--) {
            if (bytes[i - 1] == '\n') {
                return i;
            }
        }
        return dropped == 0 && index <= furthest ? 0 : -1;
    }

    /** The newline at or after an index; -1 where there is none up to {@code most} or the end of what was read. */
    int endOfLine(int index, int most) {
        int last = Math.min(most, filled - 1);
        for (int i = index; i <= last; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** The index or, where it splits a letter, the next that does not. */
    int startOfLetter(int index, int most) {
        int i = index;
        while (i < most && i < index + 3 && splits(i)) {
            i++;
        }
        return i;
    }

    /** The index or, where it splits a letter, the last before it that does not. */
    int endOfLetter(int index, int least) {
        int i = index;
        while (i > least && i > index - 3 && i < filled && splits(i)) {
            i--;
        }
        return i;
    }

    private boolean splits(int index) {
        return (bytes[index] & 0xc0) == 0x80;
    }
}
