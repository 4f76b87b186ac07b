package dev.berth.platform.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.time.Duration;

/**
 * What a program says in one stream, up to so many bytes of it. Read beside the wait for the program, which would stop at a
 * full pipe; and not to its end at any price, which a process that the program leaves running can put off for good.
 */
public final class ProgramOutput {
    private static final Duration REST = Duration.ofSeconds(1);
    private static final int AT_ONCE = 64 * 1024; // a pipe holds no more

    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(); // guarded by itself
    private final Thread reader;
    private boolean cut; // guarded by kept

    /** @param most bytes to keep */
    public ProgramOutput(InputStream output, int most) {
        this.most = most;
        reader = Thread.ofPlatform().daemon().name("program-output").start(() -> read(output));
    }

    private void read(InputStream output) {
        byte[] some = new byte[AT_ONCE];
        try {
            for (int length; (length = output.read(some)) >= 0; ) {
                synchronized (kept) {
                    int room = most - kept.size();
                    kept.write(some, 0, Math.min(length, room));
                    cut |= length > room;
                }
            }
        } catch (IOException closed) {
            // then that was all
        }
    }

    /**
     * To be called when the program has ended: all that it wrote is in the pipe then, if not read already, and that takes
     * no second.
     */
    public void finish() throws InterruptedException {
        reader.join(REST);
    }

    public String text(Charset charset) {
        synchronized (kept) {
            return kept.toString(charset);
        }
    }

    /** Whether there was more than so many bytes. */
    public boolean isCut() {
        synchronized (kept) {
            return cut;
        }
    }
}
