package dev.berth.linux.nat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IptablesSaveTest {
    private static String of(String... rules) {
        return Told.lines(found(rules).rules());
    }

    private static Walk.Found found(String... rules) {
        return Walk.through(IptablesSave.parse("*nat\n" + String.join("\n", rules) + "\nCOMMIT\n", "iptables"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-p tcp -m tcp --dport 80 -j DNAT --to-destination 10.0.0.1:81 | tcp 80 to 0.0.0.0/0 -> 10.0.0.1:81",
                "-p tcp -m tcp --dport 80:82 -j REDIRECT --to-ports 99 | tcp 80-82 to 0.0.0.0/0 -> this host:99",
                "-p tcp -m tcp ! --dport 2:65535 -j REDIRECT --to-ports 99 | tcp 1 to 0.0.0.0/0 -> this host:99",
                "-p udp -m multiport --dports 53,67:68 -j REDIRECT | udp 53,67-68 to 0.0.0.0/0 -> this host",
                "-d 10.0.0.0/8 -p tcp --dport 1 -j REDIRECT | tcp 1 to 10.0.0.0/8 -> this host",
                "! -d 127.0.0.0/8 -p tcp --dport 1 -j REDIRECT | tcp 1 to 0.0.0.0/0,!127.0.0.0/8 -> this host",
                "-m iprange --dst-range 10.0.0.2-10.0.0.4 -p tcp --dport 1 -j REDIRECT | tcp 1 to 10.0.0.2/31,10.0.0.4/32 -> this host",
                "--dport 1 -j REDIRECT | tcp+udp 1 to 0.0.0.0/0 -> this host",
                "! -p tcp --dport 1 -j REDIRECT | udp 1 to 0.0.0.0/0 -> this host",
                "-p tcp -m conntrack --ctorigdstport 9999 -j REDIRECT | tcp 9999 to 0.0.0.0/0 -> this host",
                "-p tcp -m conntrack ! --ctorigdstport 2:65535 -j REDIRECT | tcp 1 to 0.0.0.0/0 -> this host",
                "-p tcp --dport 1 -j DNAT --to-destination 10.0.0.1-10.0.0.4 | tcp 1 to 0.0.0.0/0 -> open: dnat to 10.0.0.1-10.0.0.4",
                "-p tcp --dport 1 -j DNAT --to-destination :81 | tcp 1 to 0.0.0.0/0 -> open: port 81",
                "-p tcp --dport 1 -j DNAT --to-destination 10.0.0.1:1-9 | tcp 1 to 0.0.0.0/0 -> open: dnat to 10.0.0.1:1-9",
                "-p tcp --dport 1 -j DNAT --to-destination 10.0.0.1 --random | tcp 1 to 0.0.0.0/0 -> 10.0.0.1",
            })
    void a_rule_says_which_traffic_goes_where(String rule, String told) {
        assertThat(of("-A PREROUTING " + rule)).isEqualTo("arriving " + told + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-i eth0",
                "! -i docker0",
                "-s 10.0.0.0/8",
                "-m conntrack --ctstate NEW",
                "-m statistic --mode random --probability 0.5",
                "-m mark ! --mark 0x1/0x1",
                "-m socket",
                "-m addrtype --src-type LOCAL",
                "-m owner --uid-owner 1337",
                "-d 10.0.0.0/255.0.255.0",
            })
    void every_other_condition_is_known_to_be_there(String condition) {
        assertThat(of("-A PREROUTING -p tcp " + condition + " -m tcp --dport 80 -j REDIRECT"))
                .isEqualTo("some arriving tcp 80 to 0.0.0.0/0 -> this host\n");
    }

    @Test
    void ports_that_only_the_kernel_knows_are_a_gap_and_no_claim() {
        Walk.Found found = found(
                "-A PREROUTING -j WEB",
                "-A OUTPUT -j WEB",
                "-A WEB -p tcp -m set --match-set web dst -j REDIRECT --to-ports 99");

        assertThat(Told.lines(found.rules())).isEqualTo("""
                some arriving tcp ? to 0.0.0.0/0 -> this host:99
                some own tcp ? to 0.0.0.0/0 -> this host:99
                """);
        assertThat(found.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.what()).isEqualTo("the ports of 1 NAT rule");
            assertThat(gap.why()).contains("--match-set web dst");
        });
    }

    @Test
    void a_condition_on_the_port_of_the_answers_is_one_on_ports_that_are_not_told() {
        assertThat(of("-A PREROUTING -p tcp -m conntrack --ctreplsrcport 5 -j REDIRECT"))
                .isEqualTo("some arriving tcp ? to 0.0.0.0/0 -> this host\n");
        assertThat(of("-A PREROUTING -p tcp -m conntrack --ctorigsrcport 5 -j REDIRECT"))
                .as("the client's port")
                .isEqualTo("some arriving tcp 1-65535 to 0.0.0.0/0 -> this host\n");
    }

    @Test
    void what_is_not_for_this_host_or_never_has_ports_is_left_out() {
        assertThat(of(
                        "-A PREROUTING -m addrtype ! --dst-type LOCAL -j REDIRECT",
                        "-A PREROUTING -p icmp -j REDIRECT",
                        "-A PREROUTING -p tcp --dport 80 -j MARK --set-xmark 0x1/0x1",
                        "-A POSTROUTING -p tcp --dport 80 -j REDIRECT",
                        "-A NOBODY-COMES-HERE -p tcp --dport 80 -j REDIRECT"))
                .isEmpty();
    }

    @Test
    void traffic_that_left_a_chain_or_was_accepted_does_not_meet_later_rules() {
        assertThat(of(
                        "-A PREROUTING -p tcp --dport 1 -j ACCEPT",
                        "-A PREROUTING -j SUB",
                        "-A PREROUTING -p tcp --dport 1:4 -j REDIRECT --to-ports 9",
                        "-A SUB -p tcp --dport 2 -j RETURN",
                        "-A SUB -i eth0 -p tcp --dport 3 -j RETURN",
                        "-A SUB -p tcp --dport 1:3 -j REDIRECT --to-ports 8",
                        "-A SUB -p tcp --dport 4 -j ACCEPT"))
                .isEqualTo("""
                        some arriving tcp 3 to 0.0.0.0/0 -> this host:8
                        arriving tcp 2-3 to 0.0.0.0/0 -> this host:9
                        """);
    }

    @Test
    void goto_leaves_the_chain_and_jump_comes_back() {
        assertThat(of(
                        "-A OUTPUT -p tcp --dport 1 -g SUB",
                        "-A OUTPUT -p tcp --dport 2 -j SUB",
                        "-A OUTPUT -p tcp --dport 1:2 -j REDIRECT --to-ports 9",
                        "-A SUB -s 10.0.0.0/8 -j REDIRECT --to-ports 8"))
                .isEqualTo("""
                        some own tcp 1 to 0.0.0.0/0 -> this host:8
                        some own tcp 2 to 0.0.0.0/0 -> this host:8
                        own tcp 2 to 0.0.0.0/0 -> this host:9
                        """);
    }

    @Test
    void chains_in_a_circle_end_and_are_told() {
        Walk.Found found = found("-A PREROUTING -j A", "-A A -j B", "-A B -j A", "-A B -p tcp -j REDIRECT");

        assertThat(found.rules()).isNotEmpty();
        assertThat(found.gaps()).isNotEmpty();
    }

    @Test
    void a_hundred_thousand_rules_are_followed_and_more_are_told() {
        var rules = new String[150_000];
        Arrays.setAll(rules, i -> "-A PREROUTING -p tcp --dport " + (1 + i % 65_535) + " -j REDIRECT");

        Walk.Found found = found(rules);

        assertThat(found.rules()).hasSize(100_000);
        assertThat(found.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.what()).isEqualTo("some NAT rules"));
    }

    @Test
    void the_words_of_a_line_keep_their_quotes() {
        assertThat(Words.of("-A X  --comment \"a \\\"b\\\" c\" \"\" -j Y"))
                .isEqualTo(List.of("-A", "X", "--comment", "a \"b\" c", "", "-j", "Y"));
    }
}
