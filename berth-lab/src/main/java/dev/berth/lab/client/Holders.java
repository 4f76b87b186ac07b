package dev.berth.lab.client;

import dev.berth.lab.ground.OwnJava;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Enough {@link Holder}s for so many connections. */
final class Holders implements AutoCloseable {
    static final int EACH = 15_000;

    private static final class Worker {
        final Process process;
        final DataOutputStream orders;
        final DataInputStream answers;
        int holds;

        Worker() throws IOException {
            var command = new ArrayList<>(
                    List.of(OwnJava.command().toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
            command.addAll(OwnJava.started(Holder.class.getName()));
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            orders = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
            answers = new DataInputStream(process.getInputStream());
        }
    }

    private final List<Worker> workers = new ArrayList<>();

    Holders(int connections) throws IOException {
        for (int room = 0; room < connections; room += EACH) {
            workers.add(new Worker());
        }
    }

    /** Connects from these local ports, 0 for the kernel's choice, to that port of 127.0.0.1, and holds the connections. */
    void connect(int destination, int[] locals) throws IOException {
        int done = 0;
        for (Worker worker : workers) {
            int count = Math.min(locals.length - done, EACH - worker.holds);
            if (count > 0) {
                worker.orders.writeInt(destination);
                worker.orders.writeInt(count);
                for (int i = done; i < done + count; i++) {
                    worker.orders.writeInt(locals[i]);
                }
                worker.orders.flush();
                int connected = worker.answers.readInt();
                if (connected != count) {
                    throw new IOException(
                            String.format(Locale.ROOT, "filled with %,d of %,d connections", connected, count));
                }
                worker.holds += count;
                done += count;
            }
        }
    }

    void closeAll() throws IOException {
        for (Worker worker : workers) {
            worker.orders.writeInt(0);
            worker.orders.flush();
        }
        for (Worker worker : workers) {
            worker.answers.readInt();
            worker.holds = 0;
        }
    }

    @Override
    public void close() throws IOException {
        for (Worker worker : workers) {
            worker.orders.close();
        }
    }
}
