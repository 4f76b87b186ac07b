package dev.berth.linux.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What a command says, up to a few thousand bytes of it. Read beside the wait for the command, which would stop at a full
 * pipe; and not to its end, which a process that the command leaves running can put off for good.
 */
final class CommandOutput {
    private static final int MOST = 4096;
    private static final Duration REST = Duration.ofMillis(500);

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(); // guarded by itself
    private final Thread reader;

    CommandOutput(InputStream output) {
        reader = Thread.ofPlatform().daemon().name("command-output").start(() -> read(output));
    }

    private void read(InputStream output) {
        byte[] some = new byte[MOST];
        try {
            for (int length; (length = output.read(some)) >= 0; ) {
                synchronized (kept) {
                    kept.write(some, 0, Math.min(length, MOST - kept.size()));
                }
            }
        } catch (IOException closed) {
            // then that was all
        }
    }

    /** To be asked when the command has ended. */
    String text() throws InterruptedException {
        reader.join(REST);
        synchronized (kept) {
            return kept.toString(StandardCharsets.UTF_8).strip();
        }
    }
}
