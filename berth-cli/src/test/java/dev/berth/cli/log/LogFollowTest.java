package dev.berth.cli.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.diagnosis.explain.LogLine;
import dev.berth.platform.HostReadException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LogFollowTest {
    private static final String ERROR = "bind: Address already in use\n";

    @TempDir
    Path folder;

    private Path file = Path.of("");
    private final Queue<Step> steps = new ArrayDeque<>();
    private final List<String> story = new ArrayList<>();

    /** What happens to the file while it is waited for. */
    private interface Step {
        void happens() throws IOException;
    }

    @BeforeEach
    void aLog() throws IOException {
        file = Files.writeString(folder.resolve("a.log"), "one\n" + ERROR);
    }

    private boolean pause(Duration time) {
        if (time.isZero()) {
            return false;
        }
        Step step = steps.poll();
        try {
            if (step != null) {
                step.happens();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return step == null;
    }

    private void add(String text) {
        steps.add(() -> Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    private LogReader follow() throws Exception {
        var reader = new LogReader(Logs.TRIGGERS, null, (LogLine line) -> story.add("line " + line.number()));
        new LogFollow(
                        file,
                        this::pause,
                        () -> story.add("end of a file"),
                        news -> story.add(news.substring(file.toString().length() + 1)))
                .into(reader);
        return reader;
    }

    @Test
    void what_is_added_is_read_and_a_line_is_told_when_it_is_whole() throws Exception {
        add("three\nbind: Address al");
        add("ready in use");
        add("\n" + ERROR + "six");
        assertThat(follow().lines()).isEqualTo(6);
        assertThat(story).containsExactly("line 2", "line 4", "line 5", "end of a file");
    }

    @Test
    void a_file_truncated_is_read_from_its_start() throws Exception {
        steps.add(() -> Files.writeString(file, ""));
        add(ERROR);
        assertThat(follow().lines()).isEqualTo(3);
        assertThat(story)
                .containsExactly(
                        "line 2",
                        "was truncated: reading it from its start",
                        "end of a file",
                        "line 1",
                        "end of a file");
    }

    @Test
    void a_file_rotated_away_is_read_to_its_end_and_then_the_new_one() throws Exception {
        Path old = folder.resolve("a.log.1");
        steps.add(() -> Files.move(file, old, StandardCopyOption.ATOMIC_MOVE));
        steps.add(() -> Files.writeString(old, ERROR, StandardOpenOption.APPEND));
        add("new\n" + ERROR);
        follow();
        assertThat(story)
                .containsExactly(
                        "line 2",
                        "line 3",
                        "is another file now: reading that one",
                        "end of a file",
                        "line 2",
                        "end of a file");
    }

    @Test
    void a_successor_that_cannot_be_told_by_its_attributes_is_known_by_being_shorter() throws Exception {
        var time = Files.getLastModifiedTime(file);
        steps.add(() -> Files.move(file, folder.resolve("a.log.1"), StandardCopyOption.ATOMIC_MOVE));
        steps.add(() -> {
            Files.writeString(file, ERROR);
            Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(time, time, time);
        });
        follow();
        assertThat(story).contains("is another file now: reading that one").endsWith("line 1", "end of a file");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_pipe_is_refused_and_not_waited_for() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        file = pipe;
        assertThatThrownBy(this::follow)
                .isInstanceOfSatisfying(
                        HostReadException.class, e -> assertThat(e.why()).isEqualTo("it is no file"));
    }

    @Test
    void what_is_packed_is_refused() throws Exception {
        file = folder.resolve("a.log.gz");
        try (var packed = new GZIPOutputStream(Files.newOutputStream(file))) {
            packed.write(ERROR.getBytes(StandardCharsets.UTF_8));
        }
        assertThatThrownBy(this::follow)
                .isInstanceOfSatisfying(
                        HostReadException.class,
                        e -> assertThat(e.next()).isEqualTo("read it as it is: berth explain " + file));
    }

    @Test
    void a_log_that_never_rests_does_not_keep_whoever_wants_to_stop_waiting() throws Exception {
        var pauses = new int[1];
        var reader = new LogReader(Logs.TRIGGERS, null, line -> {
            try {
                Files.writeString(file, ERROR, StandardOpenOption.APPEND); // there is always more
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        new LogFollow(file, time -> ++pauses[0] == 3, () -> {}, news -> {}).into(reader);
        assertThat(reader.lines()).isGreaterThan(2);
    }

    @Test
    void what_is_no_file_is_not_followed() {
        assertThatThrownBy(() -> new LogFollow(folder, pause -> true, () -> {}, news -> {})
                        .into(new LogReader(Logs.TRIGGERS, null, line -> {})))
                .isInstanceOf(HostReadException.class);
    }
}
