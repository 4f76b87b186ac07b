package dev.berth.linux.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.platform.NatRules.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions as {@code nft -j} writes them, each before a redirection to port 9. */
class NftRuleTest {
    private static final String TO_9 = ", {'redirect': {'port': 9}}";

    private static Walk.Found found(String expressions) {
        return Walk.through(NftJson.parse(("{'nftables': [{'chain': {'family': 'ip', 'table': 't', 'name': 'c',"
                                + " 'type': 'nat', 'hook': 'prerouting', 'prio': -100}}, {'rule': {'family': 'ip',"
                                + " 'table': 't', 'chain': 'c', 'expr': ["
                                + expressions + TO_9 + "]}}]}")
                        .replace('\'', '"'))
                .chains());
    }

    private static String match(String operator, String left, String right) {
        return "{'match': {'op': '" + operator + "', 'left': " + left + ", 'right': " + right + "}}";
    }

    private static String tracked(String direction, String key) {
        return "{'ct': {'key': '" + key + "', 'dir': '" + direction + "'}}";
    }

    private static String field(String protocol, String field) {
        return "{'payload': {'protocol': '" + protocol + "', 'field': '" + field + "'}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "== | 9999 | 9999",
                "!= | {'range': [2, 65535]} | 1",
                "== | {'set': [80, {'range': [90, 91]}]} | 80,90-91",
                ">= | 65000 | 65000-65535",
                "== | '@unknown' | ?",
            })
    void the_port_before_translation_is_the_one_asked_for(String operator, String right, String ports) {
        assertThat(Told.lines(found(match(operator, tracked("original", "proto-dst"), right))
                        .rules()))
                .endsWith("arriving tcp+udp " + ports + " to 0.0.0.0/0 -> this host:9\n");
    }

    @Test
    void the_port_of_the_answers_is_not_told_and_named() {
        Walk.Found found = found(match("==", tracked("reply", "proto-src"), "5"));

        assertThat(Told.lines(found.rules())).isEqualTo("some arriving tcp+udp ? to 0.0.0.0/0 -> this host:9\n");
        assertThat(found.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.why()).endsWith("ct reply proto-src 5 redirect to :9"));
    }

    @Test
    void a_rule_is_written_with_the_direction_it_is_about() {
        assertThat(found(match("==", field("tcp", "dport"), "80") + ", "
                                + match("==", tracked("original", "ip daddr"), "'192.0.2.1'"))
                        .rules())
                .extracting(Rule::text)
                .containsExactly("tcp dport 80 ct original ip daddr 192.0.2.1 redirect to :9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sctp", "dccp", "udplite"})
    void other_transports_have_ports_of_their_own(String protocol) {
        String dport = field(protocol, "dport");
        for (String expression : new String[] {
            match("==", dport, "80"),
            match("!=", dport, "80"),
            match(">", dport, "80"),
            match("==", dport, "'@unknown'"),
            match("==", "{'concat': [" + field("ip", "daddr") + ", " + dport + "]}", "{'concat': ['192.0.2.1', 80]}"),
            match("!=", "{'concat': [" + field("ip", "daddr") + ", " + dport + "]}", "{'concat': ['192.0.2.1', 80]}"),
        }) {
            assertThat(found(expression)).as(expression).isEqualTo(new Walk.Found(List.of(), List.of()));
        }
    }

    @Test
    void what_has_no_ports_is_about_none() {
        assertThat(found(match("==", field("icmp", "type"), "'echo-request'")).rules())
                .isEmpty();
        assertThat(found(match("==", field("esp", "spi"), "100")).rules()).isEmpty();
    }
}
