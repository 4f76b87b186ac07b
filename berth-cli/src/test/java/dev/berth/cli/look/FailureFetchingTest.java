package dev.berth.cli.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.platform.FailureQuery;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.PortFailure;
import dev.berth.platform.SystemError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureFetchingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static FailureWatch watch(FakeHostNetwork host) throws HostReadException {
        return new FailureWatch(List.of(host), new FailureQuery(false, true));
    }

    @Test
    void failures_are_fetched_while_the_command_does_something_else() throws Exception {
        var failure = new PortFailure(
                Instant.EPOCH,
                PortFailure.Call.CONNECT,
                IpAddress.ANY_V4,
                Endpoint.parse("10.0.0.9:5432"),
                12,
                "shop",
                new SystemError("EADDRNOTAVAIL", 99),
                null);
        try (FailureWatch watch = watch(FakeHostNetwork.with().failing(failure, failure));
                var fetching = new FailureFetching(watch)) {
            Instant start = Instant.now();
            while (watch.tally().total() < 2) {
                assertThat(Duration.between(start, Instant.now())).isLessThan(PATIENCE);
                Thread.sleep(5);
            }
            fetching.check();
        }
    }

    @Test
    void a_host_that_tells_nothing_any_more_ends_the_command() throws Exception {
        try (FailureWatch watch = watch(FakeHostNetwork.with().failingToTell("the kernel said no"));
                var fetching = new FailureFetching(watch)) {
            assertThatThrownBy(() -> {
                        for (Instant start = Instant.now();
                                Instant.now().isBefore(start.plus(PATIENCE));
                                Thread.sleep(5)) {
                            fetching.check();
                        }
                    })
                    .isInstanceOfSatisfying(
                            HostReadException.class, e -> assertThat(e.why()).isEqualTo("the kernel said no"));
        }
    }
}
