package dev.berth.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lab.Need;
import dev.berth.lab.Outcome;
import dev.berth.lab.Scenario;
import dev.berth.lab.Stage;
import dev.berth.lab.Table;
import dev.berth.lab.Told;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabScreenTest {
    private static final int COLUMNS = 60;

    private static final List<Told> TOLD = List.of(
            new Told.Part("The server does not start"),
            new Told.Words("Nothing listens on 1433, and still the server on <db> cannot have it."),
            new Told.Typed("", "cat <<end\n1433\nend", "1433\ttds \n\u001b[31mred\n\n", 0),
            new Told.Claim("the bind fails with EADDRINUSE", true),
            new Told.Claim("the reservation cures it", false),
            new Told.Skipped("the same with nginx", "nginx is not here: install it"),
            new Told.Part("What it comes to"),
            new Told.Measured(table()),
            new Told.Drawn("fill", "Time by fill", "<svg/>"));

    private static Table table() {
        var table = new Table(
                "Until the server is up",
                new Table.Column("wait s", "waitSeconds", 2),
                new Table.Column("tries", "n", 0));
        table.add("as it was", Double.NaN, 12_000);
        table.add("reserved | kept", 0.214, 1);
        return table;
    }

    private static String screen(List<Told> told) {
        var text = new StringBuilder();
        var screen = new LabScreen(new Page(text, COLUMNS, Ink.PLAIN));
        told.forEach(screen::tell);
        screen.end(Outcome.of(told));
        return text.toString();
    }

    @Test
    void a_scenario_is_told_calmly() {
        assertThat(screen(TOLD)).isEqualTo("""
                1. The server does not start
                Nothing listens on 1433, and still the server on <db> cannot
                have it.

                $ cat <<end
                > 1433
                > end
                  1433    tds
                  \\u001b[31mred

                ok  the bind fails with EADDRINUSE
                NOT SO  the reservation cures it
                left out  the same with nginx: nginx is not here: install it

                2. What it comes to

                Until the server is up
                  WAY              wait s   tries
                  as it was             -  12,000
                  reserved | kept    0.21       1

                Time by fill: a picture, in --transcript FILE and --json

                1 of 2 claims did not hold.
                This was not the whole. Left out: the same with nginx.
                """);
    }

    @Test
    void where_there_are_several_machines_each_command_says_where() {
        assertThat(screen(List.of(new Told.Typed("router", "berth who 9", "Nobody\n", 0))))
                .isEqualTo("""
                router$ berth who 9
                  Nobody
                """);
    }

    @Test
    void what_was_kept_can_be_entered_and_ended_by_lines_to_copy() {
        var kept = new Told.Kept(
                List.of("nsenter", "-t", "12", "/run/lab/bin/enter"), List.of("hub"), List.of("kill", "-9", "12"));
        assertThat(screen(List.of(kept, new Told.Claim("it is so", true)))).isEqualTo("""
                ok  it is so

                The claim held.

                The network, the files and what still runs there stay. Enter it, and end it when you are done:
                  nsenter -t 12 /run/lab/bin/enter
                  kill -9 12
                Behind the first, a name opens another machine: hub.
                """);
    }

    @Test
    void a_transcript_is_markdown_that_means_nothing_but_what_was_told() {
        var markdown = new LabMarkdown("three-am", "a server does not start", "Linux 6.18", "night-");
        TOLD.forEach(markdown::tell);
        markdown.end(Outcome.of(TOLD));
        assertThat(markdown).hasToString("""
                # three-am

                A server does not start.

                What `berth lab three-am` told on Linux 6.18.

                ## The server does not start

                Nothing listens on 1433, and still the server on \\<db> cannot have it.

                ```console
                $ cat <<end
                > 1433
                > end
                1433    tds
                \\u001b[31mred
                ```

                - ok: the bind fails with EADDRINUSE
                - **NOT SO**: the reservation cures it
                - **left out**: the same with nginx: nginx is not here: install it

                ## What it comes to

                **Until the server is up**

                | way | wait s | tries |
                |---|--:|--:|
                | as it was | - | 12,000 |
                | reserved \\| kept | 0.21 | 1 |

                ![Time by fill](night-fill.svg)

                **This was not the whole.** Left out: the same with nginx.
                """);
    }

    @Test
    void an_output_with_a_fence_does_not_end_its_own() {
        var markdown = new LabMarkdown("a", "b", "c", "a-");
        markdown.tell(new Told.Typed("", "cat page.md", "```\n", 0));
        assertThat(markdown.toString()).endsWith("````console\n$ cat page.md\n```\n````\n");
    }

    @Test
    void the_list_says_what_is_needed_and_not_here() {
        var text = new StringBuilder();
        new LabScreen(new Page(text, Page.UNLIMITED, Ink.PLAIN))
                .list(List.of(new Listed()), "private namespaces are not allowed here; run it as root");
        assertThat(text).hasToString("""
                Failures and their cures, staged on this kernel in private namespaces. The host stays as it is.

                  three-am                    a server does not start
                                              needs nginx: not here
                                              needs psql: not here; without it, the database is left out

                None of them can be staged here: private namespaces are not allowed here; run it as root

                See one:      berth lab three-am
                Look around:  berth lab three-am --keep
                """);
    }

    private record Listed() implements Scenario {
        @Override
        public String name() {
            return "three-am";
        }

        @Override
        public String summary() {
            return "a server does not start";
        }

        @Override
        public List<Need> needs() {
            return List.of(
                    new Need("nginx", "install it", null, () -> false),
                    new Need("ip", "install it", null, () -> true),
                    new Need("psql", "install it", "the database", () -> false));
        }

        @Override
        public void play(Stage stage) {
            throw new AssertionError("nobody asked for it");
        }
    }
}
