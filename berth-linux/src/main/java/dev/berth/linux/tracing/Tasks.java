package dev.berth.linux.tracing;

import dev.berth.linux.kernel.KernelFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * To which process, and so to which network namespace, the thread belongs that an event names: the event itself does not say.
 * Not thread-safe.
 */
final class Tasks {
    /** The one that events number threads in: PROC_PID_INIT_INO, linux/proc_ns.h. */
    private static final long FIRST_PID_NAMESPACE = 4026531836L;
    /** No id is given to another thread within that time. */
    private static final long KEPT_NANOS = 1_000_000_000;

    private final KernelFiles files;
    private final Path tracefs;
    private final boolean numbersAreOurs = ownPidNamespace() == FIRST_PID_NAMESPACE;
    private final Map<Integer, Task> known = new HashMap<>();
    private long keptSince = System.nanoTime();

    Tasks(KernelFiles files, Path tracefs) {
        this.files = files;
        this.tracefs = tracefs;
    }

    /**
     * A thread of a process.
     *
     * @param pid of the process; the thread's own id where it has ended
     * @param process its short name, or null where nobody remembers
     * @param netns the inode of the thread's network namespace; empty where it has ended
     */
    record Task(int pid, @Nullable String process, OptionalLong netns) {}

    /** The inode of the pid namespace that Berth runs in; 0 where /proc does not tell. */
    static long ownPidNamespace() {
        return inode(link("/proc/self/ns/pid"), "pid:[");
    }

    /** Whether Berth runs where it sees processes under the numbers that events have for them. */
    boolean canBeJoined() {
        return numbersAreOurs;
    }

    Task of(int thread) {
        long now = System.nanoTime();
        if (now - keptSince > KEPT_NANOS) {
            known.clear();
            keptSince = now;
        }
        Task task = known.get(thread);
        if (task == null) {
            task = look(thread);
            known.put(thread, task);
        }
        return task;
    }

    private Task look(int thread) {
        String link = numbersAreOurs ? link("/proc/" + thread + "/ns/net") : null;
        String status = numbersAreOurs ? text("/proc/" + thread + "/status") : null;
        if (link == null || status == null) {
            return new Task(thread, remembered(thread), OptionalLong.empty());
        }
        int process = number(after(status, "\nTgid:\t"), thread);
        String name = text("/proc/" + process + "/comm");
        long inode = inode(link, "net:[");
        return new Task(
                process,
                name == null ? remembered(thread) : name.strip(),
                inode == 0 ? OptionalLong.empty() : OptionalLong.of(inode));
    }

    /** The kernel keeps the names of the last 128 threads that were traced, ended or not. */
    private @Nullable String remembered(int thread) {
        String names = text(tracefs + "/saved_cmdlines");
        return names == null ? null : after("\n" + names, "\n" + thread + " ");
    }

    /** 0 where it is not told. */
    private static long inode(@Nullable String link, String kind) {
        return link == null ? 0 : number(after(link, kind), 0L);
    }

    /** What follows {@code key} on its line; null where it is not there. */
    private static @Nullable String after(String text, String key) {
        int at = text.indexOf(key);
        if (at < 0) {
            return null;
        }
        int end = text.indexOf('\n', at + key.length());
        return text.substring(at + key.length(), end < 0 ? text.length() : end);
    }

    private static int number(@Nullable String digits, int otherwise) {
        return (int) number(digits, (long) otherwise);
    }

    private static long number(@Nullable String digits, long otherwise) {
        long number = 0;
        int at = 0;
        while (digits != null && at < digits.length() && at < 10 && Character.isDigit(digits.charAt(at))) {
            number = 10 * number + Character.digit(digits.charAt(at++), 10);
        }
        return at == 0 ? otherwise : number;
    }

    private @Nullable String text(String path) {
        try {
            byte[] bytes = files.read(path);
            return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null; // ended while being read, or hidden
        }
    }

    private static @Nullable String link(String path) {
        try {
            return Files.readSymbolicLink(Path.of(path)).toString();
        } catch (IOException e) {
            return null;
        }
    }
}
