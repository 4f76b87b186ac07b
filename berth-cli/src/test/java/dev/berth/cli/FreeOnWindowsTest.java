package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Endpoint;
import dev.berth.platform.FakeHostProvider;
import dev.berth.windows.FakeWindows;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeOnWindowsTest {
    @TempDir
    private Path state;

    private Ran free(FakeWindows windows, String line) {
        return Ran.on(
                FakeHostProvider.of(windows.host()),
                Map.of("BERTH_STATE", state.toString()),
                ("free " + line).split(" ", -1));
    }

    private static FakeWindows.Builder held() {
        return FakeWindows.builder().listener("other.exe", 900, 1433);
    }

    @Test
    void a_program_without_a_window_cannot_be_asked_and_force_is_the_next_step() {
        FakeWindows windows = held().build();
        Ran ran = free(windows, "1433 --yes");
        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.out() + ran.err())
                .contains(
                        "what has none Windows can only terminate: that takes --force",
                        "ask other.exe (pid 900) to close its windows: not possible, process 900 has no window",
                        "next  terminate it: --force")
                .doesNotContain("SIG");
    }

    @Test
    void with_force_it_is_terminated() {
        Ran ran = free(held().build(), "1433 --yes --force");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("terminate other.exe (pid 900): done").doesNotContain("SIG");
    }

    @Test
    void a_program_with_a_window_is_asked_through_it() {
        Ran ran = free(held().window("other.exe").build(), "1433 --yes");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("ask other.exe (pid 900) to close its windows: done");
    }

    @Test
    void what_the_end_of_a_connection_does_to_its_program_is_not_made_up() {
        var windows = FakeWindows.builder()
                .connection("client.exe", 77, Endpoint.parse("10.0.0.1:1433"), Endpoint.parse("10.0.0.9:7001"));
        assertThat(free(windows.build(), "1433 --dry-run").out().replaceAll("\\s+", " "))
                .contains("client.exe (pid 77) lives on without the connection;", "Windows does not document")
                .doesNotContain("ECONNABORTED", "reset");
    }
}
