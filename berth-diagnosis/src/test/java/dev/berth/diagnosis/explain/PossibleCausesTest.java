package dev.berth.diagnosis.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.Cause;
import dev.berth.diagnosis.connect.ConnectVerdict;
import dev.berth.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PossibleCausesTest {
    private static final LoggedEndpoint LOCAL = LoggedEndpoint.ofPort(8080);

    /** An incident as a test writes it. */
    record Told(
            @Nullable String product,
            List<String> builtOn,
            Operation operation,
            @Nullable Refusal refusal,
            @Nullable LoggedEndpoint local,
            @Nullable LoggedEndpoint remote,
            boolean refusedByProduct,
            String text) {
        static Told of(Operation operation, @Nullable Refusal refusal) {
            return new Told(null, List.of(), operation, refusal, operation.wantsPort() ? LOCAL : null, null, false, "");
        }

        Told by(String newProduct, String... on) {
            return new Told(newProduct, List.of(on), operation, refusal, local, remote, refusedByProduct, text);
        }

        Told saying(String newText) {
            return new Told(product, builtOn, operation, refusal, local, remote, refusedByProduct, newText);
        }

        Told from(LoggedEndpoint end) {
            return new Told(product, builtOn, operation, refusal, end, remote, refusedByProduct, text);
        }

        Told to(String address, int port) {
            return new Told(
                    product,
                    builtOn,
                    operation,
                    refusal,
                    local,
                    new LoggedEndpoint(null, IpAddress.parse(address), port),
                    refusedByProduct,
                    text);
        }

        Told byItsOwnTable() {
            return new Told(product, builtOn, operation, refusal, local, remote, true, text);
        }

        PossibleCauses on(@Nullable LoggedSystem system) {
            LoggedError error = refusal == null ? null : new LoggedError(refusal, null, null);
            var incident = new Incident(
                    product,
                    builtOn,
                    operation,
                    error,
                    local,
                    remote,
                    null,
                    null,
                    List.of(),
                    refusedByProduct,
                    text,
                    0,
                    1,
                    1,
                    null);
            return PossibleCauses.of(incident, system);
        }

        List<String> idsOn(@Nullable LoggedSystem system) {
            return on(system).causes().stream().map(KnownCause::id).toList();
        }
    }

    private static <E extends Enum<E>> List<@Nullable E> andNone(E[] values) {
        var all = new ArrayList<@Nullable E>(List.of(values));
        all.add(null);
        return all;
    }

    static Stream<Told> everyRefusal() {
        return Stream.of(Operation.values())
                .flatMap(operation -> andNone(Refusal.values()).stream().map(refusal -> Told.of(operation, refusal)));
    }

    @ParameterizedTest
    @MethodSource("everyRefusal")
    void every_refusal_of_every_call_on_every_system_has_a_meaning_and_a_cause(Told told) {
        for (LoggedSystem system : andNone(LoggedSystem.values())) {
            PossibleCauses possible = told.on(system);
            assertThat(possible.meaning()).as("%s", system).matches("(?s)[A-Z].*[.)]");
            assertThat(possible.causes()).as("%s", system).isNotEmpty().doesNotHaveDuplicates();
        }
    }

    @Test
    void what_a_host_can_answer_has_the_names_of_its_verdicts() {
        List<String> ids = Stream.of(KnownCause.values()).map(KnownCause::id).toList();
        assertThat(ids)
                .doesNotHaveDuplicates()
                .containsAll(Stream.of(Cause.values())
                        .filter(cause -> cause != Cause.FREE)
                        .map(Cause::label)
                        .toList())
                .contains(ConnectVerdict.EXHAUSTED.label(), ConnectVerdict.PAST_CLIFF.label());
    }

    @ParameterizedTest
    @CsvSource({
        "BIND, ADDRESS_IN_USE, LINUX, listener client time-wait bound-only",
        "LISTEN, ADDRESS_IN_USE, LINUX, listener client time-wait bound-only",
        "BIND, ADDRESS_IN_USE, WINDOWS, listener client bound-only blocked-unseen",
        "BIND, ADDRESS_NOT_AVAILABLE, LINUX, address-not-local",
        "BIND, ADDRESS_NOT_AVAILABLE, WINDOWS, address-not-local",
        "BIND, ACCESS_DENIED, LINUX, privileged-port excluded",
        "BIND, ACCESS_DENIED, WINDOWS, excluded listener blocked-unseen",
        "BIND, NO_BUFFER_SPACE, WINDOWS, no-port-left",
        "BIND, NO_BUFFER_SPACE, LINUX, no-memory",
        "CONNECT, ADDRESS_IN_USE, LINUX, bind-before-connect no-port-left",
        "CONNECT, ADDRESS_IN_USE, WINDOWS, tuple-space-exhausted recent-tuple bind-before-connect",
        "CONNECT, ADDRESS_NOT_AVAILABLE, LINUX, tuple-space-exhausted duplicate-tuple address-not-local",
        "CONNECT, ADDRESS_NOT_AVAILABLE, WINDOWS, invalid-remote address-not-local",
        "CONNECT, NO_BUFFER_SPACE, WINDOWS, tuple-space-exhausted bind-before-connect",
        "CONNECT, ACCESS_DENIED, LINUX, forbidden",
        "UNKNOWN, ADDRESS_NOT_AVAILABLE, LINUX, address-not-local tuple-space-exhausted duplicate-tuple",
    })
    void the_same_words_mean_different_things(Operation operation, Refusal refusal, LoggedSystem system, String ids) {
        assertThat(String.join(" ", Told.of(operation, refusal).idsOn(system))).isEqualTo(ids);
    }

    @Test
    void where_the_system_was_to_choose_nobody_has_the_port() {
        PossibleCauses possible = Told.of(Operation.BIND, Refusal.ADDRESS_IN_USE)
                .from(LoggedEndpoint.ofPort(0))
                .on(LoggedSystem.LINUX);

        assertThat(possible.causes()).containsExactly(KnownCause.NO_PORT_LEFT);
        assertThat(possible.meaning()).startsWith("No port was asked for by number");
    }

    @Test
    void java_on_windows_hides_that_a_port_is_excluded() {
        Told inUse = Told.of(Operation.BIND, Refusal.ADDRESS_IN_USE);
        for (Told told : List.of(
                inUse.by("Java"),
                inUse.by("Spring Boot", "Tomcat", "Java"),
                inUse.saying("java.net.BindException: Address already in use: bind"),
                Told.of(Operation.BIND, null).by("Spring Boot", "Java"))) {
            assertThat(told.on(LoggedSystem.WINDOWS).causes()).contains(KnownCause.EXCLUDED);
            assertThat(told.on(LoggedSystem.WINDOWS).meaning()).contains("the JDK turns WSAEACCES (10013) into it");
            assertThat(told.on(null).meaning()).contains("Should it be Windows");
            assertThat(told.on(LoggedSystem.LINUX).meaning()).doesNotContain("Java", "Windows");
        }
    }

    @Test
    void nothing_else_hides_it() {
        Told inUse = Told.of(Operation.BIND, Refusal.ADDRESS_IN_USE);
        for (Told told : List.of(
                inUse.by("Node.js"),
                inUse.by("JDWP", "Java").saying("ERROR: transport error 202: bind failed: Address already in use"),
                Told.of(Operation.CONNECT, Refusal.ADDRESS_IN_USE).by("Java"))) {
            assertThat(told.on(LoggedSystem.WINDOWS).causes()).doesNotContain(KnownCause.EXCLUDED);
            assertThat(told.on(LoggedSystem.WINDOWS).meaning()).doesNotContain("JDK");
        }
    }

    @Test
    void a_refusal_of_windows_is_no_call_for_an_administrator() {
        Told denied = Told.of(Operation.BIND, Refusal.ACCESS_DENIED);
        assertThat(denied.on(LoggedSystem.WINDOWS).meaning())
                .contains("does not mean that the program should run as administrator")
                .doesNotContain("nginx");
        assertThat(denied.by("nginx").on(LoggedSystem.WINDOWS).meaning()).contains("when http.sys has the port");
    }

    @Test
    void a_table_of_the_products_own_is_no_matter_of_sockets() {
        PossibleCauses possible = Told.of(Operation.BIND, null).byItsOwnTable().on(LoggedSystem.LINUX);

        assertThat(possible.causes()).containsExactly(KnownCause.PRODUCT_TABLE);
        assertThat(possible.meaning()).contains("no system was asked");
    }

    @Test
    void an_url_is_taken_from_what_http_sys_listens_for() {
        assertThat(Told.of(Operation.BIND, null).by("IIS Express").idsOn(LoggedSystem.WINDOWS))
                .startsWith("url-taken");
        assertThat(Told.of(Operation.BIND, null).by("HTTP.sys").idsOn(LoggedSystem.WINDOWS))
                .startsWith("url-taken");
    }

    @Test
    void where_the_call_is_not_told_both_are_answered() {
        PossibleCauses possible =
                Told.of(Operation.UNKNOWN, Refusal.ADDRESS_IN_USE).on(LoggedSystem.WINDOWS);

        assertThat(possible.meaning()).contains("If a server did: ", " If a client did: ");
        assertThat(possible.causes()).contains(KnownCause.LISTENER, KnownCause.TUPLE_SPACE_EXHAUSTED);
        assertThat(Told.of(Operation.UNKNOWN, Refusal.ADDRESS_IN_USE)
                        .to("10.0.0.9", 80)
                        .idsOn(LoggedSystem.WINDOWS))
                .as("only a client has a remote end")
                .startsWith("tuple-space-exhausted");
    }

    @Test
    void a_local_port_that_the_client_chose_is_somebodys() {
        Told fixed = Told.of(Operation.CONNECT, Refusal.ADDRESS_IN_USE).from(LoggedEndpoint.ofPort(20));

        assertThat(fixed.idsOn(LoggedSystem.LINUX))
                .containsExactly("bind-before-connect", "listener", "client", "time-wait", "bound-only");
    }

    @Test
    void an_ipv6_destination_may_find_no_ipv6() {
        assertThat(Told.of(Operation.CONNECT, Refusal.ADDRESS_NOT_AVAILABLE)
                        .to("::1", 5432)
                        .idsOn(LoggedSystem.LINUX))
                .startsWith("no-ipv6");
    }
}
