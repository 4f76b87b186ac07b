package dev.berth.linux.nat;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.List;

/** Whatever a tool prints: rules come out, or one kind of exception. */
class RulesFuzzTest {
    @FuzzTest
    void any_text_of_iptables_is_read(@NotNull String text) {
        assertThat(Walk.through(IptablesSave.parse("*nat\n" + text, "iptables")))
                .isNotNull();
    }

    @FuzzTest
    void any_rule_of_iptables_is_read(@NotNull String text) {
        List<String> words = Words.of(text);
        IptablesRule.read(words, text);
    }

    @FuzzTest
    void any_text_of_nft_is_read_or_refused(@NotNull String text) {
        try {
            assertThat(Walk.through(NftJson.parse(text).chains())).isNotNull();
        } catch (IllegalArgumentException refused) {
            // the one exception that may come out
        }
    }

    @FuzzTest
    void any_expression_of_nft_is_read_or_refused(@NotNull String text) {
        any_text_of_nft_is_read_or_refused(
                "{\"nftables\": [{\"chain\": {\"family\": \"ip\", \"table\": \"t\", \"name\": \"c\","
                        + " \"type\": \"nat\", \"hook\": \"output\", \"prio\": 0}}, {\"rule\": {\"family\": \"ip\", \"table\": \"t\","
                        + " \"chain\": \"c\", \"expr\": [" + text + "]}}]}");
    }

    @FuzzTest
    void any_list_of_addresses_is_read(@NotNull String text) {
        assertThat(LocalAddresses.inFibTrie(text)).isNotNull();
        assertThat(LocalAddresses.inIfInet6(text)).isNotNull();
    }
}
