package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Connects that nobody answers, and that are given up: none leaves a port marked as used, or the kernel's socket open. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "how a knock is awaited, and left unanswered, is Linux's")
class InterruptedConnectTest {
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private FullBacklog nowhere;
    private LocalPorts ports;

    @BeforeEach
    void listen() throws Exception {
        nowhere = new FullBacklog();
        ports = LocalPorts.builder().range(20_000, 20_009).build();
    }

    @AfterEach
    void nothing_is_left() throws Exception {
        assertThat(ports.usage()).singleElement().satisfies(usage -> {
            assertThat(usage.inUse()).isZero();
            assertThat(usage.waiting()).isZero();
            assertThat(usage.lostRaces()).isZero();
        });
        Patience.until(() -> !nowhere.hearsKnock()); // the kernel, too, has none in SYN_SENT
        nowhere.close();
    }

    private Thread start(Thread.Builder kind, Apart.Body connect) throws Exception {
        Thread thread = kind.start(() -> failure.set(catchThrowable(connect::run)));
        Patience.until(() -> nowhere.hearsKnock() || !thread.isAlive());
        assertThat(failure.get()).isNull();
        return thread;
    }

    @Test
    void a_virtual_thread_that_is_interrupted_closes_the_socket() throws Exception {
        Socket socket = ports.socket();
        Thread thread = start(Thread.ofVirtual(), () -> socket.connect(nowhere.address()));
        thread.interrupt();
        thread.join();
        assertThat(failure.get()).isInstanceOf(SocketException.class).hasMessage("Closed by interrupt");
        assertThat(socket.isClosed()).isTrue();
    }

    @Test
    void a_virtual_thread_that_is_interrupted_closes_the_channel() throws Exception {
        Thread thread = start(Thread.ofVirtual(), () -> ports.connectChannel(nowhere.address()));
        thread.interrupt();
        thread.join();
        assertThat(failure.get()).isInstanceOf(ClosedByInterruptException.class);
    }

    @Test
    void a_platform_thread_that_is_interrupted_closes_the_channel() throws Exception {
        Thread thread = start(Thread.ofPlatform(), () -> ports.connectChannel(nowhere.address()));
        thread.interrupt();
        thread.join();
        assertThat(failure.get()).isInstanceOf(ClosedByInterruptException.class);
    }

    @Test
    void a_timed_connect_of_a_channel_can_be_interrupted_too() throws Exception {
        ports = LocalPorts.builder()
                .range(20_000, 20_009)
                .connectTimeout(Duration.ofHours(1))
                .build();
        Thread thread = start(Thread.ofPlatform(), () -> ports.connectChannel(nowhere.address()));
        thread.interrupt();
        thread.join();
        assertThat(failure.get()).isInstanceOf(ClosedByInterruptException.class);
    }

    @Test
    void a_platform_thread_that_is_interrupted_goes_on_until_the_socket_is_closed() throws Exception {
        Socket socket = ports.socket();
        Thread thread = start(Thread.ofPlatform(), () -> socket.connect(nowhere.address()));
        thread.interrupt();
        socket.close();
        thread.join();
        assertThat(failure.get()).isInstanceOf(SocketException.class).hasMessage("Socket closed");
    }

    @Test
    void a_socket_can_be_closed_while_a_virtual_thread_connects_it() throws Exception {
        Socket socket = ports.socket();
        Thread thread = start(Thread.ofVirtual(), () -> socket.connect(nowhere.address()));
        socket.close();
        thread.join();
        assertThat(failure.get()).isInstanceOf(SocketException.class);
        assertThat(socket.isClosed()).isTrue();
    }

    @Test
    void the_time_of_the_call_and_that_of_the_builder_are_both_kept() throws Exception {
        assertThatThrownBy(() -> ports.socket().connect(nowhere.address(), 50))
                .isInstanceOf(SocketTimeoutException.class);
        ports = LocalPorts.builder()
                .range(20_000, 20_009)
                .connectTimeout(Duration.ofNanos(1))
                .build();
        assertThatThrownBy(() -> ports.connect(nowhere.address())).isInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(() -> ports.connectChannel(nowhere.address())).isInstanceOf(SocketTimeoutException.class);
    }
}
