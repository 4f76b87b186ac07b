package dev.berth.lab.client;

import dev.berth.client.LocalPorts;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What one connect takes by the kernel's choice of the local port and by the library's, beside each other: at several fills
 * of one destination's ports, in rounds, the order shuffled in each. Filled by established connections first, then by their
 * TIME_WAIT. Where the library's own share counts, a connect from a free port that was bound by hand stands beside them. What
 * is timed is a connect, its socket included; it is reset afterwards, so that the fill stays.
 *
 * <p>{@code --quick} measures little, to see that it runs. Takes a private network namespace, which {@code berth lab bench --scene
 * client} makes.
 */
final class ConnectBench {
    private static final int FIRST_PORT = 4_000; // of the library's; below, and above the kernel's, the listeners
    private static final int FIRST_LISTENER = 61_001;
    private static final Path SETTINGS = Path.of("/proc/sys/net");
    private static final Path ROUTES = Path.of("/proc/thread-self/net/route");

    /**
     * How much is measured.
     *
     * @param connects of each way in a round
     */
    record Size(int connects, int rounds, int warmUps) {
        static final Size FULL = new Size(100, 15, 20_000);
        static final Size QUICK = new Size(20, 3, 200);

        /** More where a connect takes microseconds by either way, and a tenth makes a difference. */
        int rounds(Scene scene) {
            return scene.pastCliff() ? rounds : 4 * rounds;
        }
    }

    private final Size size;
    private final int ports;
    private final LocalPorts library;
    private final List<Cell> cells = new ArrayList<>();
    private final Random random = new Random();
    private int listeners;

    private ConnectBench(Size size) throws IOException {
        this.size = size;
        this.ports = kernelsPorts();
        this.library =
                LocalPorts.builder().range(FIRST_PORT, FIRST_PORT + ports - 1).build();
    }

    static void main(String... args) throws IOException {
        Results results = run(List.of(args).contains("--quick") ? Size.QUICK : Size.FULL);
        new PrintStream(System.out, true, StandardCharsets.UTF_8).print(results.lines());
    }

    /** Measures in the network namespace of this thread. */
    static Results run(Size size) throws IOException {
        if (Files.readAllLines(ROUTES).size() > 1) { // more than the heading: it leads somewhere
            throw new IOException(
                    "this uses up local ports: run it in a private network namespace, as berth lab bench does");
        }
        var bench = new ConnectBench(size);
        bench.measure();
        return new Results(bench.ports, bench.cells);
    }

    private static int kernelsPorts() throws IOException {
        if (!setting("ipv4/tcp_tw_reuse").equals("0")) {
            throw new IOException("want net.ipv4.tcp_tw_reuse 0: else the kernel takes ports in TIME_WAIT for free");
        }
        if (Integer.parseInt(setting("core/somaxconn")) < Fill.BACKLOG) {
            throw new IOException(
                    "want net.core.somaxconn %d: the listener's queue holds the fill".formatted(Fill.BACKLOG));
        }
        String[] ends = setting("ipv4/ip_local_port_range").split("\\s+", 2);
        return Integer.parseInt(ends[1]) - Integer.parseInt(ends[0]) + 1;
    }

    private static String setting(String name) throws IOException {
        try (var file = Files.newInputStream(SETTINGS.resolve(name))) {
            var text = new byte[64]; // one read: the kernel answers at offset 0 only
            return new String(text, 0, file.read(text), StandardCharsets.US_ASCII).strip();
        }
    }

    private void measure() throws IOException {
        try (var holders = new Holders(2 * ports)) {
            try (var nothing = new Fill(library, holders, FIRST_LISTENER + listeners++)) {
                for (Way way : Way.values()) {
                    round(way, nothing.destination(), size.warmUps);
                }
            }
            try (var nothing = new Fill(library, holders, FIRST_LISTENER + listeners++)) {
                measure(Scene.EMPTY, nothing);
            }
            for (int percent : Scene.FILLS) {
                try (var fill = new Fill(library, holders, FIRST_LISTENER + listeners++)) {
                    fill.establish(ports * percent / 100);
                    measure(new Scene(percent, false), fill);
                    fill.leaveTimeWait();
                    measure(new Scene(percent, true), fill);
                }
            }
        }
    }

    private void measure(Scene scene, Fill fill) throws IOException {
        var here = new ArrayList<Cell>();
        for (Way way : Way.values()) {
            if (!way.byHand() || !scene.pastCliff()) { // always of free ports: past the cliff it would say nothing new
                here.add(new Cell(scene, way));
            }
        }
        cells.addAll(here);
        for (int round = 0; round < size.rounds(scene); round++) {
            Collections.shuffle(here, random);
            for (Cell cell : here) {
                measure(cell, fill.destination());
            }
        }
        String spoiled = fill.spoiled();
        if (spoiled != null) {
            throw new IOException(spoiled);
        }
    }

    private void measure(Cell cell, InetSocketAddress destination) throws IOException {
        int connects = size.connects;
        if (cell.way() == Way.LIBRARY_CHANNEL && !cell.scene().full()) {
            // a channel's close is noticed later, and its port held back although it was reset: half of what is free
            // may go
            int free = ports - ports * cell.scene().percent() / 100;
            connects = Math.clamp(free / (4L * size.rounds(cell.scene())), 1, connects);
        }
        cell.add(round(cell.way(), destination, connects));
    }

    private Round round(Way way, InetSocketAddress destination, int connects) throws IOException {
        var nanos = new long[connects];
        int failed = 0;
        for (int i = 0; i < connects; i++) {
            Closeable connection = null;
            long begun = System.nanoTime();
            try {
                connection = way.connect(library, destination);
            } catch (BindException e) {
                failed++;
            }
            nanos[i] = System.nanoTime() - begun;
            if (connection != null) {
                Way.reset(connection);
            }
        }
        return Round.of(nanos, failed);
    }
}
