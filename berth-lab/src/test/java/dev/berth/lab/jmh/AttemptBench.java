package dev.berth.lab.jmh;

import dev.berth.client.ConnectAttempt;
import dev.berth.client.LocalPorts;
import dev.berth.client.PortSharing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One port found and given back, through all of the library but the sockets: what a connect pays on top of its system
 * calls. The attempt and the endpoint it names are objects.
 *
 * <pre>{@code bench/jmh.sh AttemptBench -prof gc}</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AttemptBench {
    private static final int FIRST = 4_000;
    private static final int PORTS = 28_232;

    /** Whether a port may serve several destinations at once. */
    @Param({"SHARED", "EXCLUSIVE"})
    public PortSharing sharing = PortSharing.SHARED;

    /** How many ports of a hundred are in use. */
    @Param({"0", "50", "90", "99"})
    public int fillPercent;

    private final List<ConnectAttempt> held = new ArrayList<>();
    private InetSocketAddress remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), 443);
    private LocalPorts ports = ports(PortSharing.SHARED);

    /** Public for JMH. */
    public AttemptBench() {}

    /** Begins as many connections as the fill asks for. */
    @Setup(Level.Trial)
    public void fill() throws IOException {
        remote = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 443);
        ports = ports(sharing);
        for (int i = 0; i < PORTS * fillPercent / 100; i++) {
            ConnectAttempt attempt = ports.attempt(remote);
            attempt.next();
            held.add(attempt);
        }
    }

    private static LocalPorts ports(PortSharing sharing) {
        return LocalPorts.builder()
                .range(FIRST, FIRST + PORTS - 1)
                .sharing(sharing)
                .build();
    }

    @Benchmark
    @Threads(1)
    public @Nullable InetSocketAddress one_thread() throws IOException {
        return choose();
    }

    @Benchmark
    @Threads(4)
    public @Nullable InetSocketAddress four_threads() throws IOException {
        return choose();
    }

    private @Nullable InetSocketAddress choose() throws IOException {
        try (ConnectAttempt attempt = ports.attempt(remote)) {
            return attempt.next();
        }
    }
}
