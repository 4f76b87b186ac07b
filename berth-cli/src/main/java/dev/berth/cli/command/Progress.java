package dev.berth.cli.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A line on a terminal's standard error that says what takes so long. Nothing for what is done within a second. */
class Progress implements AutoCloseable {
    static final Progress NONE = new Progress();
    private static final long PATIENCE_MILLIS = 1000;

    private Progress() {}

    static Progress on(OutputStream terminal, String doing) {
        return new Shown(terminal, doing);
    }

    @Override
    public void close() {}

    private static final class Shown extends Progress {
        private final OutputStream terminal;
        private final String doing;
        private boolean done;
        private boolean visible;

        Shown(OutputStream terminal, String doing) {
            this.terminal = terminal;
            this.doing = doing;
            var thread = new Thread(this::tick, "progress");
            thread.setDaemon(true);
            thread.start();
        }

        private synchronized void tick() {
            try {
                long start = System.nanoTime();
                for (int seconds = 1; !done; ) {
                    long left = seconds * PATIENCE_MILLIS - (System.nanoTime() - start) / 1_000_000;
                    if (left > 0) {
                        wait(left);
                    } else {
                        write("\r" + doing + "… " + seconds + " s");
                        visible = true;
                        seconds++;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void write(String line) {
            try {
                terminal.write(line.getBytes(StandardCharsets.UTF_8));
                terminal.flush();
            } catch (IOException e) {
                done = true; // a progress line that cannot be shown is no reason to stop the work
            }
        }

        @Override
        public synchronized void close() {
            if (visible && !done) {
                write("\r\u001b[K");
            }
            done = true;
            notifyAll();
        }
    }
}
