package dev.berth.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DnatTest {
    @Test
    void a_server_that_hears_nothing_is_told_by_which_rule_and_another_port_for_either_cures_it() throws Exception {
        var played = Played.quickly("dnat");

        assertThat(played.typed("berth why 8080").output())
                .contains(
                        "tcp 8080 is not available: shop (",
                        "Some of its traffic does not get there: a NAT rule sends it elsewhere.",
                        "Who gets it instead",
                        "to 172.17.0.2:80, where container (pid ",
                        "listens in network namespace container: fib daddr type local tcp dport 8080 dnat to 172.17.0.2:80",
                        "let the rule redirect another port");
        assertThat(played.typed("berth suggest --near 8080").output())
                .contains("8080 itself is not suggested: a NAT rule sends traffic for it elsewhere");
        assertThat(played.table().rows())
                .extracting(row -> row.values().get("byShop"))
                .startsWith(0.0, 20.0, 20.0);
    }
}
