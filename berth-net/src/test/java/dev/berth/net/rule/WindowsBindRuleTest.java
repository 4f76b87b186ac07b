package dev.berth.net.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.net.rule.BindPrediction.Allowed;
import dev.berth.net.rule.BindPrediction.Depends;
import dev.berth.net.rule.BindPrediction.Refused;
import dev.berth.net.rule.PortState.Exclusion;
import dev.berth.net.rule.Unknown.What;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of "Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE", cell by cell, and what is said beside it. */
final class WindowsBindRuleTest {
    private static final String WILDCARD = "0.0.0.0";
    private static final String SINGLE = "10.0.0.1";

    @ParameterizedTest(name = "{0}, then default {1} {2}, reuse {3} {4}, exclusive {5} {6}")
    @CsvSource({
        // first            default W, S,      reuse W, S,          exclusive W, S
        "default 0.0.0.0,   INUSE,   SUCCESS, ACCESS,  SUCCESS, INUSE, SUCCESS",
        "default 10.0.0.1,  SUCCESS, INUSE,   SUCCESS, ACCESS,  INUSE, INUSE",
        "reuse 0.0.0.0,     INUSE,   SUCCESS, SUCCESS, SUCCESS, INUSE, SUCCESS",
        "reuse 10.0.0.1,    SUCCESS, INUSE,   SUCCESS, SUCCESS, INUSE, INUSE",
        "exclusive 0.0.0.0, INUSE,   ACCESS,  ACCESS,  ACCESS,  INUSE, ACCESS",
        "exclusive 10.0.0.1, SUCCESS, INUSE,  SUCCESS, ACCESS,  INUSE, INUSE"
    })
    void two_sockets_of_one_user(String first, String dw, String ds, String rw, String rs, String ew, String es) {
        checkRow(first, "me", dw, ds, rw, rs, ew, es);
    }

    @ParameterizedTest(name = "{0}, then default {1} {2}, reuse {3} {4}, exclusive {5} {6}")
    @CsvSource({
        "default 0.0.0.0,   INUSE,   ACCESS, ACCESS,  ACCESS,  INUSE, ACCESS",
        "default 10.0.0.1,  SUCCESS, INUSE,  SUCCESS, ACCESS,  INUSE, INUSE",
        "reuse 0.0.0.0,     INUSE,   ACCESS, SUCCESS, SUCCESS, INUSE, ACCESS",
        "reuse 10.0.0.1,    SUCCESS, INUSE,  SUCCESS, SUCCESS, INUSE, INUSE",
        "exclusive 0.0.0.0, INUSE,   ACCESS, ACCESS,  ACCESS,  INUSE, ACCESS",
        "exclusive 10.0.0.1, SUCCESS, INUSE, SUCCESS, ACCESS,  INUSE, INUSE"
    })
    void two_sockets_of_two_users(String first, String dw, String ds, String rw, String rs, String ew, String es) {
        checkRow(first, "another", dw, ds, rw, rs, ew, es);
    }

    private static void checkRow(String first, String user, String... cells) {
        String[] words = first.split(" ", -1);
        Holding held = bound(words[1], sharing(words[0]), user);
        List<String> seconds = List.of("default", "reuse", "exclusive");
        for (int i = 0; i < cells.length; i++) {
            WantedBind wanted = wanted(i % 2 == 0 ? WILDCARD : SINGLE, sharing(seconds.get(i / 2)));
            assertThat(cell(predict(wanted, held)))
                    .as("%s, then %s", held, wanted)
                    .isEqualTo(cells[i]);
        }
    }

    private static String cell(BindPrediction prediction) {
        if (prediction instanceof Refused refused) {
            return refused.error() == BindError.ADDRESS_IN_USE ? "INUSE" : "ACCESS";
        }
        return prediction instanceof Allowed ? "SUCCESS" : prediction.toString();
    }

    @Test
    void two_different_addresses_never_meet() {
        Holding held = bound("10.0.0.2", Sharing.EXCLUSIVE, "me");

        assertThat(predict(wanted(SINGLE, Sharing.EXCLUSIVE), held)).isEqualTo(new Allowed());
    }

    @Test
    void an_excluded_range_of_the_system_refuses_everybody_and_an_administered_one_nobody() {
        WantedBind wanted = wanted(WILDCARD, Sharing.EXCLUSIVE);

        var refused = (Refused) BindRule.WINDOWS.predict(wanted, new PortState(List.of(), Exclusion.SYSTEM));
        assertThat(refused.error()).isEqualTo(BindError.ACCESS_DENIED);
        assertThat(refused.clause()).isEqualTo(Clause.WINDOWS_EXCLUDED_RANGE);
        assertThat(BindRule.WINDOWS.predict(wanted, new PortState(List.of(), Exclusion.ADMINISTERED)))
                .isEqualTo(new Allowed());
    }

    @Test
    void an_exclusive_dual_stack_bind_is_refused_for_a_listener_on_ipv4_loopback() {
        Holding held = bound("127.0.0.1", Sharing.NONE, "me");

        var refused = (Refused) predict(wanted("::", Sharing.EXCLUSIVE), held);
        assertThat(refused.error()).isEqualTo(BindError.ACCESS_DENIED);
        assertThat(refused.clause()).isEqualTo(Clause.WINDOWS_DUAL_STACK);
        assertThat(predict(wanted("::", Sharing.NONE), held)).isEqualTo(new Allowed());
    }

    @Test
    void a_dual_stack_listener_stands_on_ipv4_too_unless_it_is_v6_only() {
        WantedBind wanted = wanted(WILDCARD, Sharing.NONE);

        assertThat(cell(predict(wanted, onEveryAddress(Flag.CLEAR)))).isEqualTo("INUSE");
        assertThat(predict(wanted, onEveryAddress(Flag.SET))).isEqualTo(new Allowed());
        assertThat(onOf(predict(wanted, onEveryAddress(Flag.UNKNOWN)))).containsExactly(What.V6_ONLY);
    }

    private static Holding onEveryAddress(Flag v6Only) {
        return new Holding(TcpState.LISTEN, IpAddress.ANY_V6, null, v6Only, Sharing.NONE, "me", 0, Origin.OWNED);
    }

    @Test
    void time_wait_is_in_nobodys_way() {
        for (Sharing first : List.of(Sharing.NONE, Sharing.REUSE_ADDRESS, Sharing.EXCLUSIVE, Sharing.UNKNOWN)) {
            for (Sharing second : List.of(Sharing.NONE, Sharing.REUSE_ADDRESS, Sharing.EXCLUSIVE)) {
                assertThat(predict(wanted(SINGLE, second), connection(TcpState.TIME_WAIT, first, Origin.OWNED)))
                        .isEqualTo(new Allowed());
            }
        }
    }

    @Test
    void an_exclusive_listener_waits_for_the_connections_of_the_one_before() {
        Holding accepted = connection(TcpState.ESTABLISHED, Sharing.EXCLUSIVE, Origin.OWNED);

        var refused = (Refused) predict(wanted(WILDCARD, Sharing.EXCLUSIVE), accepted);
        assertThat(refused.clause()).isEqualTo(Clause.WINDOWS_EXCLUSIVE_CONNECTION);
        assertThat(refused.clause().inferred()).isFalse();
    }

    @Test
    void what_another_connection_does_is_inferred_and_says_so() {
        Holding client = connection(TcpState.ESTABLISHED, Sharing.NONE, Origin.AUTOMATIC);

        var refused = (Refused) predict(wanted(WILDCARD, Sharing.EXCLUSIVE), client);
        assertThat(refused.clause()).isEqualTo(Clause.WINDOWS_CONNECTION);
        assertThat(refused.clause().inferred()).isTrue();
        assertThat(predict(wanted(WILDCARD, Sharing.NONE), client)).isEqualTo(new Allowed());
    }

    @Test
    void unknown_options_decide_only_where_the_row_of_the_table_does() {
        Holding listener = bound(WILDCARD, Sharing.UNKNOWN, "me");

        assertThat(cell(predict(wanted(WILDCARD, Sharing.EXCLUSIVE), listener))).isEqualTo("INUSE");
        assertThat(cell(predict(wanted(WILDCARD, Sharing.NONE), listener))).isEqualTo("INUSE");
        assertThat(onOf(predict(wanted(WILDCARD, Sharing.REUSE_ADDRESS), listener)))
                .containsExactlyInAnyOrder(What.REUSE_ADDRESS, What.EXCLUSIVE);
        assertThat(onOf(predict(wanted(SINGLE, Sharing.NONE), listener))).containsExactly(What.EXCLUSIVE);
    }

    @Test
    void an_unknown_user_decides_only_beside_a_wildcard() {
        assertThat(onOf(predict(wanted(SINGLE, Sharing.NONE), bound(WILDCARD, Sharing.NONE, null))))
                .containsExactly(What.USER);
        assertThat(cell(predict(wanted(WILDCARD, Sharing.NONE), bound(WILDCARD, Sharing.NONE, null))))
                .isEqualTo("INUSE");
        assertThat(predict(wanted(WILDCARD, Sharing.NONE), bound(SINGLE, Sharing.NONE, null)))
                .isEqualTo(new Allowed());
    }

    @Test
    void every_clause_names_its_source() {
        assertThat(Clause.values()).allSatisfy(clause -> {
            assertThat(clause.source()).isNotBlank();
            assertThat(clause.sentence()).endsWith(".");
        });
    }

    private static List<What> onOf(BindPrediction prediction) {
        assertThat(prediction).isInstanceOf(Depends.class);
        return ((Depends) prediction).on().stream().map(Unknown::what).toList();
    }

    private static BindPrediction predict(WantedBind wanted, Holding held) {
        return BindRule.WINDOWS.predict(wanted, PortState.of(List.of(held)));
    }

    private static Sharing sharing(String name) {
        return switch (name) {
            case "default" -> Sharing.NONE;
            case "reuse" -> Sharing.REUSE_ADDRESS;
            default -> Sharing.EXCLUSIVE;
        };
    }

    private static Holding bound(String address, Sharing sharing, @Nullable String user) {
        return new Holding(TcpState.LISTEN, IpAddress.parse(address), null, Flag.CLEAR, sharing, user, 0, Origin.OWNED);
    }

    private static Holding connection(TcpState state, Sharing sharing, Origin origin) {
        return new Holding(
                state, IpAddress.parse(SINGLE), Endpoint.parse("10.0.0.9:443"), Flag.CLEAR, sharing, "me", 0, origin);
    }

    private static WantedBind wanted(String address, Sharing sharing) {
        return WantedBind.windowsServer(Protocol.TCP, IpAddress.parse(address), "me")
                .with(sharing);
    }
}
