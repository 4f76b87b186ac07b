package dev.berth.windows.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.windows.wine.Wine;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** On a Windows JVM. */
class LiveActsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_STARTS = 3;
    private static final int ERROR_SERVICE_REQUEST_TIMEOUT = 1053;
    private static final WindowsActs ACTS = new LiveActs((command, limit) -> new Tools.Run.Missing("not in this test"));

    private interface Act {
        void act() throws Exception;
    }

    /** Zero where it was done. */
    private static int errorOf(Act act) throws Exception {
        try {
            act.act();
            return 0;
        } catch (WindowsErrorException e) {
            return e.number();
        }
    }

    /** What is run there, by its name. */
    static final class Acting {
        public static void main(String[] arguments) throws Exception {
            switch (arguments[0]) {
                case "set" -> {
                    ACTS.write(Registry.TCPIP, "MaxUserPort", new RegistryValue.Dword(0xffff_fffeL));
                    ACTS.write(
                            Registry.TCPIP,
                            "ReservedPorts",
                            new RegistryValue.Lines(List.of("4000-4010", "5000-5000")));
                    System.out.print(errorOf(() -> ACTS.write("SYSTEM\\NoSuchKey", "x", new RegistryValue.Dword(1))));
                }
                case "delete" -> {
                    ACTS.delete(Registry.TCPIP, "MaxUserPort");
                    System.out.print(errorOf(() -> ACTS.delete(Registry.TCPIP, "MaxUserPort")));
                }
                case "start" -> start(arguments[1]);
                case "stop" -> ACTS.stop(arguments[1], PATIENCE);
                case "missing" ->
                    System.out.print(errorOf(() -> ACTS.start("NoSuchService", PATIENCE)) + " "
                            + errorOf(() -> ACTS.stop("NoSuchService", PATIENCE)));
                case "run" -> System.out.print(ACTS.runId());
                case "terminate" -> terminate();
                case "connection" -> connection();
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }

        /** Again where a loaded machine let the 30 s pass that the service manager gives a service to answer. */
        private static void start(String service) throws Exception {
            int error = ERROR_SERVICE_REQUEST_TIMEOUT;
            for (int i = 0; i < MOST_STARTS && error == ERROR_SERVICE_REQUEST_TIMEOUT; i++) {
                error = errorOf(() -> ACTS.start(service, PATIENCE));
            }
            if (error != 0) {
                throw new WindowsErrorException("StartServiceW", error);
            }
        }

        private static void terminate() throws Exception {
            Process child = new ProcessBuilder("cmd", "/c", "pause").start();
            int pid = (int) child.pid();
            long started;
            try (Kernel32.Handle handle = Kernel32.openProcess(Kernel32.PROCESS_QUERY_LIMITED_INFORMATION, pid)) {
                started = Kernel32.getProcessTimes(handle).created();
            }
            int another = errorOf(() -> ACTS.terminate(pid, started + 1));
            boolean livesOn = child.isAlive();
            boolean window = ACTS.closeWindows(pid);
            boolean critical = ACTS.isCritical(pid);
            ACTS.terminate(pid, started);
            boolean ended = child.waitFor(10, TimeUnit.SECONDS);
            System.out.print("%d %b %b %b %b %d"
                    .formatted(another, livesOn, window, critical, ended, ended ? child.exitValue() : -1));
        }

        private static void connection() throws Exception {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            try (var server = new ServerSocket(0, 1, loopback);
                    var client = new Socket(loopback, server.getLocalPort());
                    var accepted = server.accept()) {
                ByteBuffer row =
                        ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN).putInt(12);
                row.order(ByteOrder.BIG_ENDIAN);
                for (int port : new int[] {client.getLocalPort(), client.getPort()}) {
                    row.put(loopback.getAddress()).putShort((short) port).putShort((short) 0);
                }
                int error = errorOf(() -> ACTS.deleteTcpEntry(row.array()));
                client.getOutputStream().write(42);
                System.out.print(error + " " + accepted.getInputStream().read());
            }
        }
    }

    private static String acting(Wine wine, String... arguments) throws Exception {
        Wine.Ended ended = wine.java(Acting.class, arguments);
        assertThat(ended.exit()).as(ended.complaint()).isZero();
        return ended.output();
    }

    @Test
    void a_value_of_the_registry_is_there_for_other_programs_and_goes_again() throws Exception {
        try (Wine wine = Wine.here()) {
            assertThat(acting(wine, "set")).isEqualTo("2"); // ERROR_FILE_NOT_FOUND: no such key
            String key = "HKLM\\" + Registry.TCPIP;
            assertThat(wine.run(List.of("reg", "query", key, "/v", "MaxUserPort"))
                            .output())
                    .containsPattern("REG_DWORD\\s+0xfffffffe");
            assertThat(wine.run(List.of("reg", "query", key, "/v", "ReservedPorts"))
                            .output())
                    .containsPattern("REG_MULTI_SZ\\s+4000-4010\\\\05000-5000\\s");

            assertThat(acting(wine, "delete")).isEqualTo("2"); // the second time
            assertThat(wine.run(List.of("reg", "query", key, "/v", "MaxUserPort"))
                            .exit())
                    .isNotZero();
        }
    }

    @Test
    void a_service_is_stopped_and_started_and_what_is_so_already_is_no_failure() throws Exception {
        try (Wine wine = Wine.here()) {
            acting(wine, "start", "BITS");
            acting(wine, "start", "BITS");
            assertThat(state(wine)).contains("4  RUNNING");

            acting(wine, "stop", "BITS");
            acting(wine, "stop", "BITS");
            assertThat(state(wine)).contains("1  STOPPED");

            assertThat(acting(wine, "missing")).isEqualTo("1060 1060"); // ERROR_SERVICE_DOES_NOT_EXIST
        }
    }

    private static String state(Wine wine) throws Exception {
        return wine.run(List.of("sc", "query", "BITS")).output();
    }

    @Test
    void a_process_is_ended_by_id_and_start_time_and_not_by_its_id_alone() throws Exception {
        try (Wine wine = Wine.here()) {
            assertThat(acting(wine, "terminate")).isEqualTo("87 true false false true 1");
        }
    }

    @Test
    void wine_says_that_it_ended_a_connection_and_leaves_it_alone_so_only_the_table_tells() throws Exception {
        try (Wine wine = Wine.here()) {
            assertThat(acting(wine, "connection")).isEqualTo("0 42");
        }
    }

    @Test
    void this_run_has_one_name() throws Exception {
        try (Wine wine = Wine.here()) {
            String name = acting(wine, "run");
            assertThat(name).matches("[0-9]{18,}");
            assertThat(acting(wine, "run")).isEqualTo(name);
        }
    }
}
