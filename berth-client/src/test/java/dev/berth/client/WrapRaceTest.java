package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.net.PortRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** The well-known sample loses its wrap when two threads meet at it, and then every connection fails; ours cannot. */
class WrapRaceTest {
    private static final InetSocketAddress REMOTE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
    private static final int THREADS = 4;

    @Test
    void the_sample_wraps_while_nobody_interferes() {
        var sample = new CopiedSample(65531, itself -> {});
        var ports = new ArrayList<Integer>();
        for (int i = 0; i < 5; i++) {
            ports.add(port(sample));
        }
        assertThat(ports).containsExactly(65532, 65533, 65534, 5002, 5003); // and never 5001 or 65535
    }

    @Test
    void a_second_thread_between_its_two_steps_makes_the_sample_count_past_65535_and_fail_for_ever() throws Exception {
        var second = new CompletableFuture<Integer>();
        var met = new AtomicBoolean();
        var sample = new CopiedSample(65533, itself -> {
            if (met.compareAndSet(false, true)) {
                second.completeAsync(() -> port(itself), WrapRaceTest::start).join();
            }
        });

        assertThat(port(sample)).isEqualTo(65534);
        assertThat(second.get()).isEqualTo(65535);
        LocalPorts ports = LocalPorts.builder().selector(sample).build();
        for (int port = 65536; port < 65540; port++) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ports.connect(REMOTE))
                    .withMessage("port out of range:" + port);
        }
    }

    @Test
    void ours_wraps_from_the_last_port_to_the_first() {
        LocalEndpointSelector ours = LocalEndpointSelector.sequential(new PortRange(65533, 65535));
        int first = port(ours);
        for (int i = 1; i < 10; i++) {
            assertThat(port(ours)).isEqualTo(65533 + (first - 65533 + i) % 3);
        }
    }

    @Test
    void four_threads_at_the_wrap_get_every_port_equally_often_and_no_other() throws Exception {
        var range = new PortRange(65535 - 99, 65535); // short, so that the wrap comes often
        int rounds = 20_000; // of each thread: two million calls
        LocalEndpointSelector ours = LocalEndpointSelector.sequential(range);
        var given = new AtomicIntegerArray(1 + 65535);
        var begin = new CyclicBarrier(THREADS);
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            Callable<Void> thread = () -> {
                begin.await();
                for (int call = 0; call < rounds * range.size(); call++) {
                    given.incrementAndGet(port(ours));
                }
                return null;
            };
            for (Future<Void> done : threads.invokeAll(Collections.nCopies(THREADS, thread))) {
                done.get();
            }
        }
        for (int port = 0; port <= 65535; port++) {
            assertThat(given.get(port)).as("port %d", port).isEqualTo(range.contains(port) ? THREADS * rounds : 0);
        }
    }

    private static int port(LocalEndpointSelector selector) {
        try {
            return Objects.requireNonNull(selector.select(REMOTE, 0)).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(Runnable body) {
        Thread.ofPlatform().start(body);
    }
}
