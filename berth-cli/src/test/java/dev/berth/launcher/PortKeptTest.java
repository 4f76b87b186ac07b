package dev.berth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.launcher.Checkout.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * "The SQL Server just had maintenance, and now it won't start": a client was given the server's port. From there to a server
 * that starts every time.
 */
final class PortKeptTest {
    private static final String HOLD = """
            import socket
            far = socket.create_server(('127.0.0.9', 7001))
            client = socket.create_connection(('127.0.0.9', 7001))
            print('holds', client.getsockname()[1], flush=True)
            input()
            """;

    private static final String START = """
            import socket
            try:
                server = socket.socket()
                server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                server.bind(('0.0.0.0', 1433))
                server.listen()
                print('started')
            except OSError as e:
                print('failed:', e.strerror)
            """;

    /** A server that is restarted 100 times while a client makes connections, at least three while the server is down. */
    private static final String RESTARTS = """
            import collections, socket, threading
            far = socket.create_server(('127.0.0.9', 7002), backlog=512)
            made = threading.Semaphore(0)
            stopped = threading.Event()
            def accept():
                kept = collections.deque(maxlen=40)
                while True: kept.append(far.accept()[0])
            def call():
                held = collections.deque()
                while not stopped.is_set():
                    try:
                        held.append(socket.create_connection(('127.0.0.9', 7002)))
                    except OSError: # the few ports there are run out for a moment
                        pass
                    if len(held) > 20: held.popleft().close()
                    made.release()
            threading.Thread(target=accept, daemon=True).start()
            threading.Thread(target=call, daemon=True).start()
            failed = 0
            for restart in range(100):
                while made.acquire(blocking=False): pass
                for _ in range(3): made.acquire()
                server = socket.socket()
                server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    server.bind(('0.0.0.0', 1433))
                    server.listen()
                except OSError:
                    failed += 1
                server.close()
            stopped.set()
            print(failed)
            """;

    private final Sandbox sandbox = Sandbox.open();
    private final Checkout checkout = Checkout.built();

    PortKeptTest() throws Exception {}

    @AfterEach
    void close() throws IOException {
        sandbox.close();
    }

    private Process python(String program) throws IOException {
        var words = new ArrayList<>(sandbox.within());
        words.addAll(List.of("python3", "-c", program));
        return new ProcessBuilder(words).redirectErrorStream(true).start();
    }

    private String answer(String program) throws IOException {
        try (BufferedReader output = python(program).inputReader()) {
            return String.join("\n", output.readAllLines());
        }
    }

    private Result berth(Path state, String line) throws Exception {
        var words = new ArrayList<>(sandbox.within());
        words.add(checkout.folder().resolve("berth").toString());
        words.addAll(List.of(line.split(" ", -1)));
        return checkout.start(Map.of("BERTH_STATE", state.toString()), words).result();
    }

    @Test
    void a_port_is_taken_back_from_a_client_and_no_client_is_given_it_again(@TempDir Path folder) throws Exception {
        Path state = folder.resolve("state");
        sandbox.set("ip_local_port_range", "1433 1433");
        Process client = python(HOLD);
        assertThat(client.inputReader().readLine()).isEqualTo("holds 1433");
        assertThat(answer(START)).isEqualTo("failed: Address already in use");
        sandbox.set("ip_local_port_range", "1401 1500"); // odd first: connect(2) prefers the odd ports

        Result why = berth(state, "why 1433");
        assertThat(why.exitCode()).as(why.err()).isEqualTo(1);
        assertThat(why.out()).contains("a connection of python3 (" + client.pid() + ") has it");

        Result free = berth(state, "free 1433 --yes");
        assertThat(free.exitCode()).as(free.err()).isZero();
        Result reserve = berth(state, "reserve 1433 --persist --yes");
        assertThat(reserve.exitCode()).as(reserve.err()).isZero();
        assertThat(answer(START)).isEqualTo("started");
        assertThat(client.isAlive()).isTrue();
        assertThat(answer(RESTARTS)).isEqualTo("0");

        Result rollback = berth(state, "rollback --yes");
        assertThat(rollback.exitCode()).as(rollback.err()).isZero();
        assertThat(Integer.parseInt(answer(RESTARTS)))
                .as("without the reservation")
                .isPositive();
        client.destroy();
    }
}
