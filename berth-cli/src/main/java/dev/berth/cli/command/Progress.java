package dev.berth.cli.command;

import java.io.IOException;

/** A line on a terminal's standard error that says what takes so long. Nothing for what is done within a second. */
class Progress implements AutoCloseable {
    static final Progress NONE = new Progress();
    private static final long PATIENCE_MILLIS = 1000;

    private Progress() {}

    static Progress on(Surroundings terminal, String doing) {
        return new Shown(terminal, doing);
    }

    @Override
    public void close() {}

    private static final class Shown extends Progress {
        private final Surroundings terminal;
        private final String doing;
        private boolean done;
        private int columns;

        Shown(Surroundings terminal, String doing) {
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
                        String line = doing + "... " + seconds + " s";
                        write("\r" + line);
                        columns = line.length();
                        seconds++;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void write(String line) {
            try {
                terminal.complain(line);
            } catch (IOException e) {
                done = true; // a progress line that cannot be shown is no reason to stop the work
            }
        }

        @Override
        public synchronized void close() {
            if (columns > 0 && !done) {
                write("\r" + " ".repeat(columns) + "\r"); // no escape sequence: old consoles obey none
            }
            done = true;
            notifyAll();
        }
    }
}
