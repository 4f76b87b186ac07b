package dev.berth.linux.processes;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * {@code /proc/PID/stat}, as far as Berth uses it: proc_pid_stat(5).
 *
 * @param pid field 1
 * @param name field 2; up to 15 bytes of anything at all, blanks, parentheses and line ends included
 * @param parent field 4: a process id, or 0 for the first process and for kernel threads' own parent
 * @param kernelThread bit PF_KTHREAD of field 9
 * @param startTicks field 22: clock ticks after boot
 */
public record ProcStat(int pid, String name, int parent, boolean kernelThread, long startTicks) {
    private static final long PF_KTHREAD = 0x00200000; // linux/sched.h
    private static final int PARENT = 4; // as proc_pid_stat(5) numbers the fields
    private static final int FLAGS = 9;
    private static final int START = 22;

    /** Null where the text is not such a file. */
    public static @Nullable ProcStat parse(byte[] text) {
        int open = indexOf(text, '(');
        int close = lastIndexOf(text, ')'); // the name may hold parentheses, what follows it never does
        if (open < 0 || close < open) {
            return null;
        }
        var numbers = new String(text, close + 1, text.length - close - 1, StandardCharsets.US_ASCII);
        String[] fields = numbers.strip().split(" ", START); // fields 3 to 23, and the rest
        try {
            return new ProcStat(
                    Integer.parseInt(new String(text, 0, open, StandardCharsets.US_ASCII).strip()),
                    new String(text, open + 1, close - open - 1, StandardCharsets.UTF_8),
                    Integer.parseInt(fields[PARENT - 3]),
                    (Long.parseLong(fields[FLAGS - 3]) & PF_KTHREAD) != 0,
                    Long.parseLong(fields[START - 3]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return null;
        }
    }

    private static int indexOf(byte[] text, char wanted) {
        for (int i = 0; i < text.length; i++) {
            if (text[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static int lastIndexOf(byte[] text, char wanted) {
        for (int i = text.length - 1; i >= 0; i--) {
            if (text[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
