package dev.berth.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchPageTest {
    @TempDir
    Path folder;

    @Test
    void only_what_is_between_the_markers_is_written_and_written_again() throws IOException {
        Path page = page("# Speed\n\n" + BenchPage.BEGIN + "\nof old\n" + BenchPage.END + "\n\n## By hand\n");
        BenchPage.open(page).write(result(10));
        BenchPage.open(page).write(result(20));
        assertThat(page)
                .content()
                .startsWith("# Speed\n\n" + BenchPage.BEGIN + "\nScenes that are not in this run: client.\n")
                .contains("| `ss -tan` | 20.0 [20.0, 20.0] |", "linux 6.18")
                .doesNotContain("of old", "10.0 [")
                .endsWith(BenchPage.END + "\n\n## By hand\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no markers",
                BenchPage.BEGIN,
                BenchPage.END + BenchPage.BEGIN,
                BenchPage.BEGIN + BenchPage.BEGIN + BenchPage.END
            })
    void a_page_without_the_two_markers_in_order_is_refused(String text) throws IOException {
        Path page = page(text);
        assertThatThrownBy(() -> BenchPage.open(page))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bench: begin");
    }

    @Test
    void what_was_written_by_hand_meanwhile_stays() throws IOException {
        Path page = page(BenchPage.BEGIN + BenchPage.END + "\nbefore\n");
        BenchPage opened = BenchPage.open(page);
        Files.writeString(page, BenchPage.BEGIN + BenchPage.END + "\nmeanwhile\n");
        opened.write(result(10));
        assertThat(page).content().endsWith(BenchPage.END + "\nmeanwhile\n");
    }

    @Test
    void wall_time_is_drawn_against_the_number_of_sockets_beside_the_page() throws IOException {
        Path page = page(BenchPage.BEGIN + BenchPage.END);
        BenchPage.open(page).write(result(List.of(scene(1_000, 20), scene(190_000, 400))));
        assertThat(page)
                .content()
                .contains("![All TCP sockets without their processes: ", "](performance/without-owners.svg)")
                .doesNotContain("one-port.svg");
        assertThat(folder.resolve("performance/without-owners.svg"))
                .content()
                .contains(">190,000</text>", ">ss -tan</text>", "Linux 6.18, 2 processors")
                .doesNotContain(">floor</text>");
    }

    private Path page(String text) throws IOException {
        return Files.writeString(folder.resolve("performance.md"), text);
    }

    private static BenchResult result(int wallMillis) {
        return result(List.of(scene(1_000, wallMillis)));
    }

    private static BenchResult result(List<SceneResult> scenes) {
        return new BenchResult(
                1, false, Map.of("linux", "6.18", "processors", "2"), scenes, List.of(), List.of("client"));
    }

    private static SceneResult scene(int sockets, int wallMillis) {
        var series = new Series(new Contender("ss -tan", Contender.Kind.PEER, List.of(), null));
        series.add(0, new Sample(wallMillis * 1_000_000L, 1_000, 1_024, 0, 0));
        return new SceneResult.Commands(
                "established-" + sockets / 1_000 + "k",
                "established sockets of ten processes",
                sockets,
                List.of(series),
                List.of(),
                List.of(),
                List.of());
    }
}
