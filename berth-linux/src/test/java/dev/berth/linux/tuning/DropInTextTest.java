package dev.berth.linux.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.berth.net.Cases;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DropInTextTest {
    private static final String RANGE = "net.ipv4.ip_local_port_range";
    private static final String RESERVED = "net.ipv4.ip_local_reserved_ports";
    private static final String REUSE = "net.ipv4.tcp_tw_reuse";
    private static final DropInText NOTHING = DropInText.parse("");

    @Test
    void a_new_file_says_who_wrote_it_and_assigns_by_name() {
        assertThat(NOTHING.with(REUSE, "1").with(RESERVED, "1433,8080-8090").with(RANGE, "20000 60999"))
                .hasToString("""
                        # Berth wrote this file: settings for the next start that keep TCP ports available.
                        # 'berth changes' lists what was changed, 'berth rollback' takes it back. Lines of others stay.
                        net.ipv4.ip_local_port_range = 20000 60999
                        net.ipv4.ip_local_reserved_ports = 1433,8080-8090
                        net.ipv4.tcp_tw_reuse = 1
                        """);
    }

    @Test
    void nothing_is_left_when_the_last_setting_is_taken_out() {
        assertThat(NOTHING.with(REUSE, "1").with(RANGE, "1 2").without(REUSE).without(RANGE))
                .isEqualTo(NOTHING);
    }

    @Test
    void an_empty_value_is_a_value() {
        var cleared = NOTHING.with(RESERVED, "");

        assertThat(cleared.valueOf(RESERVED)).isEmpty();
        assertThat(cleared.lines().getLast()).isEqualTo(RESERVED + " =");
    }

    @Test
    void what_a_person_wrote_stays_and_the_last_of_several_lines_is_replaced() {
        var edited = DropInText.parse("""
                ; tuned by hand
                net/ipv4/tcp_tw_reuse=0
                net.core.somaxconn = 4096
                -net.ipv4.tcp_tw_reuse = 2

                net.ipv4.tcp_* = 1
                -net.ipv4.tcp_tw_reuse
                """).with(REUSE, "1");

        assertThat(edited.lines().subList(2, edited.lines().size()))
                .containsExactlyElementsOf("""
                ; tuned by hand
                net.core.somaxconn = 4096
                net.ipv4.tcp_tw_reuse = 1

                net.ipv4.tcp_* = 1
                -net.ipv4.tcp_tw_reuse""".lines().toList());
    }

    @Test
    void a_comment_of_a_person_keeps_the_file() {
        var comment = DropInText.parse("# mine\n");

        assertThat(comment.with(REUSE, "1").without(REUSE)).isEqualTo(comment);
        assertThat(comment.isBlank()).isFalse();
    }

    @Test
    void any_sequence_of_edits_leaves_what_a_map_would() {
        List<String> settings = List.of(RANGE, RESERVED, REUSE);
        Cases.of(random -> random.ints(12, 0, 9).boxed().toList())
                .seed(Cases.fresh())
                .forEach(edits -> {
                    var text = NOTHING;
                    var map = new TreeMap<String, String>();
                    for (int edit : edits) {
                        String setting = settings.get(edit % 3);
                        text = edit < 3 ? text.without(setting) : text.with(setting, "" + edit);
                        map.put(setting, "" + edit);
                        map.remove(edit < 3 ? setting : "");
                    }
                    assertThat(ofOthers(text))
                            .isEqualTo(map.entrySet().stream()
                                    .map(entry -> entry.getKey() + " = " + entry.getValue())
                                    .toList());
                    assertThat(text.isBlank()).isEqualTo(map.isEmpty());
                });
    }

    @FuzzTest
    void whatever_stands_there_a_value_goes_in_and_out_and_other_lines_stay(@NotNull String text) {
        var before = DropInText.parse(text);

        var with = before.with(RESERVED, "1433");

        assertThat(with.valueOf(RESERVED)).isEqualTo("1433");
        assertThat(DropInText.parse(with.toString())).isEqualTo(with);
        assertThat(with.with(RESERVED, "1433")).isEqualTo(with);
        assertThat(with.without(RESERVED).valueOf(RESERVED)).isNull();
        assertThat(ofOthers(with.without(RESERVED))).isEqualTo(ofOthers(before.without(RESERVED)));
        assertThat(with.valueOf(REUSE)).isEqualTo(before.valueOf(REUSE));
    }

    private static List<String> ofOthers(DropInText text) {
        return text.lines().stream().filter(line -> !line.startsWith("#")).toList();
    }
}
