package dev.berth.client.tuples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** To take a port and to give it back makes no garbage, however full the space is, in the orders that draw no random numbers. */
class NothingIsAllocatedTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final PortRange RANGE = new PortRange(32_768, 60_999);
    private static final InetSocketAddress REMOTE = new InetSocketAddress("10.0.0.1", 443);

    /** Random numbers are drawn for no port; {@link SecureRandom} makes garbage. */
    enum Order {
        DOUBLE_HASH,
        SEQUENTIAL;

        private Ordering ordering() {
            var seed = new SecureRandom();
            return this == DOUBLE_HASH ? new DoubleHash(seed) : new OneAfterTheOther(seed);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DOUBLE_HASH, false, 0",
        "DOUBLE_HASH, false, 99",
        "DOUBLE_HASH, true, 0",
        "DOUBLE_HASH, true, 99",
        "SEQUENTIAL, false, 0",
        "SEQUENTIAL, true, 99"
    })
    void a_port_is_taken_and_given_back_without_garbage(Order order, boolean forAll, int percentFull) {
        var destinations = new Destinations(
                new Space(
                        new Candidates(PortSet.of(RANGE)),
                        forAll ? Scope.PORT : Scope.FOUR_TUPLE,
                        order.ordering(),
                        List.of()),
                16);
        Destination full = Objects.requireNonNull(destinations.enter(REMOTE, 0));
        for (int i = 0; i < RANGE.size() * percentFull / 100; i++) {
            full.take(0, 0);
        }
        takeAndGiveBack(destinations, 20_000);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        takeAndGiveBack(destinations, 1_000_000);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000);
    }

    private static void takeAndGiveBack(Destinations destinations, int times) {
        for (int i = 0; i < times; i++) {
            Destination destination = Objects.requireNonNull(destinations.enter(REMOTE, i));
            destination.free(destination.take(i, i));
            destination.leave();
        }
    }
}
