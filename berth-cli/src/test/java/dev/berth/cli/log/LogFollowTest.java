package dev.berth.cli.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.diagnosis.explain.LogLine;
import dev.berth.platform.HostReadException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

    private boolean pause(Duration ignored) {
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

    private void silence(int pauses) {
        for (int i = 0; i < pauses; i++) {
            steps.add(() -> {});
        }
    }

    private LogReader follow() throws Exception {
        var reader = new LogReader(Logs.TRIGGERS, null, (LogLine line) -> story.add("line " + line.number()));
        new LogFollow(
                        file,
                        this::pause,
                        () -> story.add("idle"),
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
        assertThat(story).containsExactly("line 2", "line 4", "line 5", "idle");
    }

    @Test
    void a_silence_of_a_second_is_told_once() throws Exception {
        silence(9);
        add(ERROR);
        silence(9);
        follow();
        assertThat(story).containsExactly("line 2", "idle", "line 3", "idle", "idle");
    }

    @Test
    void a_file_truncated_is_read_from_its_start() throws Exception {
        steps.add(() -> Files.writeString(file, ""));
        add(ERROR);
        assertThat(follow().lines()).isEqualTo(3);
        assertThat(story)
                .containsExactly("line 2", "was truncated: reading it from its start", "idle", "line 1", "idle");
    }

    @Test
    void a_file_rotated_away_is_read_to_its_end_and_then_the_new_one() throws Exception {
        Path old = folder.resolve("a.log.1");
        steps.add(() -> Files.move(file, old, StandardCopyOption.ATOMIC_MOVE));
        steps.add(() -> Files.writeString(old, ERROR, StandardOpenOption.APPEND));
        add("new\n" + ERROR);
        follow();
        assertThat(story)
                .containsExactly("line 2", "line 3", "is another file now: reading that one", "idle", "line 2", "idle");
    }

    @Test
    void what_is_no_file_is_not_followed() {
        assertThatThrownBy(() -> new LogFollow(folder, pause -> true, () -> {}, news -> {})
                        .into(new LogReader(Logs.TRIGGERS, null, line -> {})))
                .isInstanceOf(HostReadException.class);
    }
}
