package dev.berth.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.lab.Outcome;
import dev.berth.lab.Scenarios;
import dev.berth.lab.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LabTranscriptTest {
    private static final Told PICTURE = new Told.Drawn("fill", "Time by fill", "<svg/>");

    @TempDir
    private Path folder;

    private LabTranscript transcript(String page) throws UsageException, NotDoneException {
        var arguments = Arguments.parse(
                LabCommand.spec(),
                new String[] {"three-am", "--transcript", folder.resolve(page).toString()});
        return new LabTranscript(arguments, Scenarios.ALL.getFirst());
    }

    private List<Path> written(String page) throws Exception {
        try (LabTranscript transcript = transcript(page)) {
            transcript.tell(PICTURE);
            return transcript.finish(Outcome.of(List.of(PICTURE)));
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_picture_stands_beside_the_page_and_is_named_after_it() throws Exception {
        assertThat(written("night.md")).containsExactly(folder.resolve("night-fill.svg"), folder.resolve("night.md"));
        assertThat(folder.resolve("night-fill.svg")).hasContent("<svg/>");
        assertThat(folder.resolve("night.md")).content().contains("![Time by fill](night-fill.svg)");
    }

    @Test
    void the_system_is_named_without_who_built_it() throws Exception {
        written("night.md");
        assertThat(folder.resolve("night.md"))
                .content()
                .containsPattern(" told on " + System.getProperty("os.name") + " [0-9]+(\\.[0-9]+)*\\.\n");
    }

    @Test
    void two_pages_of_one_folder_have_pictures_of_their_own() throws Exception {
        written("one.md");
        written("two");
        assertThat(files()).containsExactly("one-fill.svg", "one.md", "two", "two-fill.svg");
    }

    @DisabledOnOs(OS.WINDOWS)
    @Test
    void everybody_may_read_it() throws Exception {
        assertThat(written("night.md"))
                .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-r--r--"));
    }

    @Test
    void a_picture_that_would_be_in_the_way_is_found_before_anything_is_staged() throws Exception {
        Files.writeString(folder.resolve("night-fill.svg"), "mine");
        assertThatThrownBy(() -> transcript("night.md"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("night-fill.svg exists already beside ");
        assertThat(files()).containsExactly("night-fill.svg");
    }

    @Test
    void a_directory_is_called_one() {
        assertThatThrownBy(() -> transcript(""))
                .isInstanceOf(UsageException.class)
                .hasMessageEndingWith(" names a directory");
    }

    @Test
    void what_is_not_told_to_its_end_leaves_nothing() throws Exception {
        try (LabTranscript transcript = transcript("night.md")) {
            transcript.tell(PICTURE);
        }
        assertThat(files()).isEmpty();
    }
}
