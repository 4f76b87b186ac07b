package dev.berth.lab.jmh;

import dev.berth.client.tuples.Candidates;
import dev.berth.client.tuples.Destination;
import dev.berth.client.tuples.Destinations;
import dev.berth.client.tuples.DoubleHash;
import dev.berth.client.tuples.Scope;
import dev.berth.client.tuples.Space;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One port found and given back, in the tables alone, at several fills of the 28,232 ports Linux has by default. Budget:
 * under 200 ns, and nothing allocated.
 *
 * <pre>{@code bench/jmh.sh TupleBench -prof gc}</pre>
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TupleBench {
    private static final PortRange PORTS = new PortRange(4_000, 32_231);

    /** For whom a taken port is taken: {@code FOUR_TUPLE} is the default on Linux, {@code PORT} is EXCLUSIVE there. */
    @Param({"FOUR_TUPLE", "PORT"})
    public String scope = "";

    /** How many ports of a hundred are in use. */
    @Param({"0", "50", "90", "99"})
    public int fillPercent;

    private Destinations destinations = new Destinations(space(Scope.FOUR_TUPLE), 1);
    private InetSocketAddress remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), 443);

    /** Public for JMH. */
    public TupleBench() {}

    private static Space space(Scope scope) {
        return new Space(new Candidates(PortSet.of(PORTS)), scope, new DoubleHash(new SecureRandom()), List.of());
    }

    /** Takes as many ports as the fill asks for. */
    @Setup(Level.Trial)
    public void fill() throws Exception {
        destinations = new Destinations(space(scope.equals("PORT") ? Scope.PORT : Scope.FOUR_TUPLE), 1024);
        remote = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 443);
        int ports = PORTS.last() - PORTS.first() + 1;
        for (int i = 0; i < ports * fillPercent / 100; i++) {
            enter().take(0, 0); // and stays
        }
    }

    private Destination enter() {
        return Objects.requireNonNull(destinations.enter(remote, 0));
    }

    @Benchmark
    @Threads(1)
    public long one_thread() {
        return takeAndFree();
    }

    @Benchmark
    @Threads(4)
    public long four_threads() {
        return takeAndFree();
    }

    private long takeAndFree() {
        Destination destination = enter();
        long tuple = destination.take(0, 0);
        destination.free(tuple);
        destination.leave();
        return tuple;
    }
}
