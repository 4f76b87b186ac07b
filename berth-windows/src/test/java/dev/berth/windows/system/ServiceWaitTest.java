package dev.berth.windows.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceWaitTest {
    private static final int START_PENDING = 2;

    private final List<String> told = new ArrayList<>();

    /** Goes through some states, one with each look, and stays in the last. As a real one it is started only when it has stopped. */
    private final class Slow implements ServiceWait.Service {
        private final List<Integer> states;

        Slow(Integer... states) {
            this.states = new ArrayList<>(List.of(states));
        }

        @Override
        public boolean start() {
            told.add("start");
            if (states.getFirst() == ServiceWait.SERVICE_STOPPED) {
                states.clear();
                states.addAll(List.of(START_PENDING, ServiceWait.SERVICE_RUNNING));
            }
            return true;
        }

        @Override
        public void stop() {
            told.add("stop");
            states.clear();
            states.addAll(List.of(ServiceWait.SERVICE_STOP_PENDING, ServiceWait.SERVICE_STOPPED));
        }

        @Override
        public Status status() {
            int now = states.size() > 1 ? states.removeFirst() : states.getFirst();
            return new Status(now, 0, 0);
        }
    }

    private static ServiceWait on(ServiceWait.Service service, Duration most) {
        return new ServiceWait(service, most);
    }

    @Test
    void a_service_that_is_about_to_stop_is_started_when_it_has() throws Exception {
        var service = new Slow(
                ServiceWait.SERVICE_STOP_PENDING, ServiceWait.SERVICE_STOP_PENDING, ServiceWait.SERVICE_STOPPED);
        on(service, Duration.ofMinutes(1)).start();
        assertThat(service.status().state()).isEqualTo(ServiceWait.SERVICE_RUNNING);
        assertThat(told).containsExactly("start");
    }

    @Test
    void one_that_is_about_to_stop_is_not_told_so_again() throws Exception {
        on(new Slow(ServiceWait.SERVICE_STOP_PENDING, ServiceWait.SERVICE_STOPPED), Duration.ofMinutes(1))
                .stop();
        assertThat(told).isEmpty();
    }

    @Test
    void patience_ends() {
        var service = new Slow(ServiceWait.SERVICE_STOP_PENDING);
        assertThatThrownBy(() -> on(service, Duration.ofMillis(1)).start())
                .isInstanceOfSatisfying(
                        WindowsErrorException.class, e -> assertThat(e.number()).isEqualTo(ServiceWait.ERROR_TIMEOUT));
        assertThat(told).isEmpty();
    }
}
