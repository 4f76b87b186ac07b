package dev.berth.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.kernel.Programs.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Scripts for programs. What some of them leave running would hold a careless reader up for a minute. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(50)
class ProgramsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int MOST = 1_000_000;

    @TempDir
    private Path folder = Path.of("");

    private void script(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("tool"), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Programs programs() {
        return new Programs(List.of("relative", "/no/such", folder.toString()));
    }

    private Ending run(Duration limit, int most) throws Exception {
        return programs().run(List.of("tool", "a b", "*"), limit, most);
    }

    private ToolReply reply(Duration limit) {
        return Tool.run(programs(), List.of("tool", "a b", "*"), limit);
    }

    /** Ends what a script left running and wrote the id of. */
    private void endWhatIsLeft() throws IOException {
        long pid = Long.parseLong(Files.readString(folder.resolve("left")).strip());
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void it_gets_its_words_as_they_are_and_no_input_and_speaks_english() throws Exception {
        script("cat; echo \"$LC_ALL|$1|$2\"; echo oh >&2; exit 3");

        assertThat(run(LONG, MOST)).isEqualTo(new Ending.Ended(3, "C|a b|*\n", false, "oh\n"));
        assertThat(reply(LONG)).isEqualTo(new ToolReply.Failed("tool: oh"));
    }

    @Test
    void one_that_is_not_there_is_missing_and_not_looked_for_where_berth_was_started() throws Exception {
        assertThat(run(LONG, MOST)).isEqualTo(new Ending.Missing());
        script("exit 0");
        Path here = Path.of("").toAbsolutePath();
        var beside =
                new Programs(List.of(here.relativize(folder.toAbsolutePath()).toString(), "", "."));

        assertThat(beside.run(List.of("tool"), LONG, MOST)).isEqualTo(new Ending.Missing());
    }

    @Test
    void one_that_cannot_be_run_says_so() throws Exception {
        script("");
        Files.writeString(folder.resolve("tool"), "#!/no/such/shell\n");

        assertThat(reply(LONG))
                .isInstanceOfSatisfying(
                        ToolReply.Failed.class,
                        failed -> assertThat(failed.why()).startsWith("tool does not start: "));
    }

    @Test
    void one_that_does_not_end_is_ended() throws Exception {
        script("echo $$ > " + folder + "/left; exec sleep 60");

        assertThat(reply(Duration.ofSeconds(2))).isEqualTo(new ToolReply.Failed("tool did not end within 2.0 seconds"));

        long pid = Long.parseLong(Files.readString(folder.resolve("left")).strip());
        ProcessHandle.of(pid).ifPresent(left -> left.onExit().join());
    }

    @Test
    void what_it_leaves_running_with_its_pipes_does_not_hold_up_the_answer() throws Exception {
        script("sleep 60 & echo $! > " + folder + "/left; echo said; sleep 0.3"); // the reader waits for more by then
        try {
            assertThat(reply(LONG)).isEqualTo(new ToolReply.Said("said\n"));
        } finally {
            endWhatIsLeft();
        }
    }

    @Test
    void what_it_leaves_running_does_not_hold_up_an_error_either() throws Exception {
        script("sleep 60 & echo $! > " + folder + "/left; echo no >&2; sleep 0.3; exit 1");
        try {
            assertThat(reply(LONG)).isEqualTo(new ToolReply.Failed("tool: no"));
        } finally {
            endWhatIsLeft();
        }
    }

    @Test
    void a_list_that_is_not_whole_is_none() throws Exception {
        script("head -c 70000000 /dev/zero");

        assertThat(reply(LONG)).isEqualTo(new ToolReply.Failed("tool prints more than Berth reads: 64 MiB"));
    }

    @Test
    void more_than_is_wanted_is_cut_and_told_and_does_not_stop_it() throws Exception {
        script("head -c 300000 /dev/zero | tr '\\0' x; head -c 300000 /dev/zero >&2");

        assertThat(run(LONG, 5_000)).isInstanceOfSatisfying(Ending.Ended.class, ended -> {
            assertThat(ended.output()).matches("x{5000}");
            assertThat(ended.cut()).isTrue();
            assertThat(ended.complaint()).hasSize(4096);
        });
        assertThat(run(LONG, 300_000))
                .isInstanceOfSatisfying(
                        Ending.Ended.class, ended -> assertThat(ended.cut()).isFalse());
    }
}
