package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.Simulated.Line;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Connects that end in every way there is, by four threads, on sockets that are none: afterwards no port is in use, and no
 * memory. {@code mvn -pl berth-client -am -Plong -Dtest=ConnectLeakTest -Dsurefire.failIfNoSpecifiedTests=false verify}
 */
class ConnectLeakTest {
    private static final int THREADS = 4;
    private static final int PORTS = 1_000;
    private static final long SLACK = 2 << 20; // bytes; one that leaks 8 bytes a connect loses 80 million
    private static final List<InetSocketAddress> REMOTES = List.of(
            new InetSocketAddress("192.0.2.1", 443),
            new InetSocketAddress("192.0.2.2", 443),
            new InetSocketAddress("2001:db8::1", 443));

    private final AtomicLong clock = new AtomicLong();
    private final Counts counts = new Counts();

    private static final class Counts implements LocalPortMetrics {
        final LongAdder connected = new LongAdder();
        final LongAdder lostRaces = new LongAdder();
        final LongAdder exhausted = new LongAdder();
        final LongAdder closed = new LongAdder();

        @Override
        public void connected(InetSocketAddress destination, int candidates) {
            connected.increment();
        }

        @Override
        public void lostRace(InetSocketAddress destination) {
            lostRaces.increment();
        }

        @Override
        public void exhausted(PortsExhaustedException failure) {
            exhausted.increment();
        }

        @Override
        public void closed(InetSocketAddress destination, boolean waits) {
            closed.increment();
        }
    }

    @Test
    void a_hundred_thousand_connects_leave_nothing_behind() throws Exception {
        connect(100_000);
    }

    @Test
    @Tag("long")
    @Timeout(3_600)
    void ten_million_connects_leave_nothing_behind() throws Exception {
        connect(10_000_000);
        System.out.printf(
                "%,d connected, %,d lost races, %,d exhausted%n",
                counts.connected.sum(), counts.lostRaces.sum(), counts.exhausted.sum());
    }

    private void connect(int times) throws Exception {
        LocalPortsBuilder builder =
                Simulated.ports(PORTS).timeWait(Duration.ofSeconds(62)).metrics(counts);
        builder.clock = clock::get;
        LocalPorts ports = builder.build();
        connect(ports, 20_000); // what is made once is made now
        long before = heapWithoutGarbage();
        connect(ports, times);
        assertThat(heapWithoutGarbage() - before).isLessThan(SLACK);
        assertThat(counts.connected.sum()).isGreaterThan(times / 2);
        assertThat(counts.closed.sum()).isEqualTo(counts.connected.sum());
        List<DestinationUsage> usage = ports.usage();
        assertThat(usage).hasSize(REMOTES.size());
        assertThat(usage).allSatisfy(one -> {
            assertThat(one.inUse()).isZero();
            assertThat(one.waiting()).isZero();
            assertThat(one.free()).isEqualTo(PORTS);
        });
        assertThat(usage.stream().mapToLong(DestinationUsage::lostRaces).sum()).isEqualTo(counts.lostRaces.sum());
        assertThat(usage.stream().mapToLong(DestinationUsage::exhaustions).sum())
                .isEqualTo(counts.exhausted.sum());
    }

    private void connect(LocalPorts ports, int times) throws Exception {
        Callable<Void> quarter = () -> {
            new Program(ports).connect(times / THREADS);
            return null;
        };
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (Future<Void> done : threads.invokeAll(Collections.nCopies(THREADS, quarter))) {
                done.get();
            }
        }
        Patience.until(
                () -> { // the collector has found the last that was lost
                    System.gc();
                    return Simulated.inUse(ports) == 0;
                });
        clock.addAndGet(Duration.ofSeconds(62).toNanos());
    }

    private static long heapWithoutGarbage() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** What one thread does. */
    private final class Program {
        private static final int OPEN = 50;

        private record Connection(Line line, Lease lease) {}

        private final SplittableRandom random = new SplittableRandom();
        private final ArrayDeque<Connection> open = new ArrayDeque<>();
        private final BindException taken = new BindException();
        private final ConnectException refused = new ConnectException();
        private final LocalPorts ports;

        Program(LocalPorts ports) {
            this.ports = ports;
        }

        void connect(int times) {
            for (int i = 0; i < times; i++) {
                clock.addAndGet(random.nextLong(400_000_000));
                try (ConnectAttempt attempt = ports.attempt(REMOTES.get(random.nextInt(REMOTES.size())))) {
                    connect(attempt);
                } catch (PortsExhaustedException e) {
                    System.gc(); // lost connections have them
                } catch (IOException e) {
                    assertThat(e).isSameAs(refused);
                }
                if (open.size() > OPEN) {
                    end(open.removeFirst());
                }
            }
            open.forEach(this::end);
        }

        private void connect(ConnectAttempt attempt) throws IOException {
            while (true) {
                attempt.next();
                int how = random.nextInt(1_000);
                if (how < 100) {
                    attempt.bindFailed(taken);
                } else if (how == 100) { // seldom, as it asks the system whether an address fits
                    attempt.connectFailed(taken);
                } else if (how < 200) {
                    attempt.connectFailed(refused);
                } else if (how < 300) {
                    return; // something else came between
                } else {
                    var line = new Line();
                    Object connection = random.nextInt(10) == 0 ? new Object() : line; // or lost before it is closed
                    open.addLast(new Connection(line, attempt.connected(connection)));
                    return;
                }
            }
        }

        private void end(Connection connection) {
            int how = random.nextInt(100);
            if (how < 50) {
                connection.lease.release();
            } else if (how < 70) {
                connection.lease.releaseAtOnce();
            } else if (how < 98) {
                connection.line.close();
            } // else it is lost
        }
    }
}
