package dev.berth.lab.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of a scene.
 *
 * @param title what they are
 * @param count how many
 * @param words arguments of {@code populate}; none for no sockets
 * @param files how many files one of its processes needs
 * @param lasts how long the sockets stay; null for as long as their processes
 */
record Population(
        String title,
        int count,
        List<String> words,
        int files,
        @Nullable Duration lasts) {
    static final Population NONE = new Population("Start-up, no sockets", 0, List.of(), 0, null);
    private static final int PROCESSES = 10;
    private static final int OWN_FILES = 16;
    private static final Duration TIME_WAIT = Duration.ofSeconds(60); // TCP_TIMEWAIT_LEN, include/net/tcp.h

    /** Both ends of connections, in ten processes. */
    static Population established(int sockets) {
        int pairs = sockets / 2 / PROCESSES;
        return new Population(
                String.format(Locale.ROOT, "%,d established sockets of ten processes", sockets),
                sockets,
                List.of("established", Integer.toString(PROCESSES), Integer.toString(pairs)),
                2 * pairs + OWN_FILES,
                null);
    }

    /** Processes that have 20 files open besides, and listen on 5 ports each. */
    static Population services(int processes) {
        int listeners = 5 * processes;
        return new Population(
                String.format(
                        Locale.ROOT, "%,d processes with %,d listeners and 28 descriptors each", processes, listeners),
                listeners,
                List.of("typical", Integer.toString(processes), "20", "5"),
                25 + OWN_FILES,
                null);
    }

    static Population timeWait(int sockets) {
        return new Population(
                String.format(Locale.ROOT, "%,d connections in TIME_WAIT", sockets),
                sockets,
                List.of("time-wait", Integer.toString(sockets)),
                OWN_FILES,
                TIME_WAIT);
    }
}
