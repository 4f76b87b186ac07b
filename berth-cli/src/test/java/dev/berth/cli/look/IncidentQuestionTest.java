package dev.berth.cli.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.look.IncidentAnswer.HostAnswer;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.explain.KnownCause;
import dev.berth.diagnosis.explain.LoggedSystem;
import dev.berth.diagnosis.explain.PossibleCause;
import dev.berth.diagnosis.explain.Refusal;
import dev.berth.net.Endpoint;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.Hosts;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.PortEvents;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.capture.Capture;
import dev.berth.platform.capture.CaptureFiles;
import dev.berth.windows.FakeWindows;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncidentQuestionTest {
    private static final PortPolicy WINDOWS = new PortPolicy(
            new PortRange(49_152, 65_535),
            PortSet.EMPTY,
            List.of(),
            List.of(new ExcludedRange(new PortRange(50_060, 50_159), false)),
            null,
            PortPolicy.Persistent.NOTHING);

    private static IncidentQuestion to(HostNetwork host) {
        return IncidentQuestion.to(host, () -> List.of(host), true);
    }

    private static IncidentAnswer ask(HostNetwork host, Told told) {
        return to(host).ask(told.group());
    }

    private static @Nullable Boolean confirmed(IncidentAnswer answer, String cause) {
        return answer.causes().stream()
                .filter(one -> one.id().equals(cause))
                .findFirst()
                .orElseThrow(() -> new AssertionError(answer.causes()))
                .confirmed();
    }

    private static List<String> confirmed(IncidentAnswer answer) {
        return answer.causes().stream()
                .filter(cause -> Boolean.TRUE.equals(cause.confirmed()))
                .map(PossibleCause::id)
                .toList();
    }

    private static String whyNot(IncidentAnswer answer) {
        assertThat(answer.host()).isInstanceOf(HostAnswer.NotAsked.class);
        assertThat(answer.verdict()).isEqualTo("unknown");
        assertThat(answer.fixes()).isEmpty();
        return ((HostAnswer.NotAsked) answer.host()).why();
    }

    private static Told sqlServer() {
        return Told.bind(Refusal.ADDRESS_IN_USE).by("SQL Server").wanting("*", 1433);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:1433 LISTEN other(7), listener",
        "10.0.0.5:1433 -> 10.0.0.9:7001 ESTABLISHED ssms(7), client",
        "127.0.0.1:1433 BOUND other(7), bound-only",
    })
    void what_holds_the_port_is_confirmed_and_all_else_ruled_out(String socket, String cause) {
        IncidentAnswer answer = ask(FakeHostNetwork.with(socket), sqlServer());

        assertThat(answer.verdict()).isEqualTo(cause);
        assertThat(confirmed(answer)).containsExactly(cause);
        assertThat(answer.causes()).extracting(PossibleCause::confirmed).doesNotContainNull();
        assertThat(answer.fixes()).extracting(Fix::id).contains("choose-another-port");
        assertThat(answer.remarks()).isEmpty();
    }

    @Test
    void a_client_that_drew_the_port_of_sql_server_leads_to_a_reservation() {
        var policy = new PortPolicy(
                new PortRange(1025, 65_534), PortSet.EMPTY, List.of(), List.of(), null, PortPolicy.Persistent.NOTHING);
        IncidentAnswer answer = ask(
                FakeHostNetwork.windows(policy, "10.0.0.5:1433 -> 10.0.0.9:1433 ESTABLISHED ssms.exe(77)"),
                sqlServer().on(LoggedSystem.WINDOWS));

        assertThat(confirmed(answer)).containsExactly("client");
        assertThat(answer.fixes()).extracting(Fix::id).contains("reserve-port");
    }

    @Test
    void windows_itself_made_up_whole_says_the_same() {
        FakeWindows windows = FakeWindows.builder()
                .dynamic(Protocol.TCP, 1025, 65_534)
                .connection("ssms.exe", 900, Endpoint.parse("10.0.0.5:1433"), Endpoint.parse("10.0.0.9:1433"))
                .build();

        assertThat(confirmed(ask(windows.host(), sqlServer().on(LoggedSystem.WINDOWS))))
                .containsExactly("client");
    }

    private static HostNetwork recorded() throws HostReadException {
        Capture capture = CaptureFiles.open(Path.of("../fixtures/linux-6.18-amd64/host.capture"));
        return Objects.requireNonNull(Hosts.of("linux"))
                .open(capture, new NamespaceChoice.Own())
                .getFirst();
    }

    @ParameterizedTest
    @CsvSource({"1433, listener", "2000, time-wait", "5555, bound-only", "1521, client"})
    void a_recording_answers_too(int port, String cause) throws HostReadException {
        HostNetwork host = recorded();

        assertThat(confirmed(ask(host, Told.bind(Refusal.ADDRESS_IN_USE).wanting("*", port))))
                .containsExactly(cause);
        assertThat(ask(host, Told.bind(Refusal.ADDRESS_IN_USE).wanting("*", 9)).remarks())
                .containsExactly(
                        "The port is free here in this recording. What was in the way then is gone, or is not seen from here: not looked at were other network namespaces and udp.");
    }

    @Test
    void what_the_jdk_hides_on_windows_is_told() {
        Told spring = Told.bind(Refusal.ADDRESS_IN_USE)
                .by("Spring Boot", "Tomcat", "Java")
                .wanting("*", 50_100);
        IncidentAnswer answer = ask(FakeHostNetwork.windows(WINDOWS), spring);

        assertThat(answer.verdict()).isEqualTo("excluded");
        assertThat(confirmed(answer)).containsExactly("excluded");
        assertThat(confirmed(answer, "listener")).isFalse();
        assertThat(answer.meaning()).contains("the JDK turns WSAEACCES (10013) into it");
        assertThat(answer.remarks())
                .anyMatch(remark -> remark.contains("nobody has it, and there is no program to look for"));
        assertThat(answer.fixes()).extracting(Fix::id).contains("reserve-port", "choose-another-port");
    }

    @Test
    void a_server_that_says_what_it_was_told_needs_no_remark() {
        IncidentAnswer answer = ask(
                FakeHostNetwork.windows(WINDOWS),
                Told.bind(Refusal.ACCESS_DENIED).by("Node.js").wanting("0.0.0.0", 50_100));

        assertThat(confirmed(answer)).containsExactly("excluded");
        assertThat(answer.remarks()).isEmpty();
    }

    @Test
    void a_port_that_is_free_again_is_said_to_be() {
        IncidentAnswer answer =
                ask(FakeHostNetwork.with(), Told.bind(Refusal.ADDRESS_IN_USE).wanting("*", 40_000));

        assertThat(answer.verdict()).isEqualTo("free");
        assertThat(confirmed(answer)).isEmpty();
        assertThat(answer.causes()).extracting(PossibleCause::confirmed).containsOnly(false);
        assertThat(answer.remarks())
                .containsExactly(
                        "The port is free here now. What was in the way then is gone, or is not seen from here: not looked at were other network namespaces and udp. It lies in the dynamic range, so a "
                                + "connection may be given it again at any time: reserve it. sudo berth failures --binds tells who is "
                                + "refused as it happens, and berth doctor --watch who takes ports.");
        assertThat(answer.fixes()).extracting(Fix::id).contains("reserve-port");
    }

    @Test
    void what_is_in_the_way_only_without_an_option_is_neither_gone_nor_the_cause() {
        IncidentAnswer answer = ask(
                FakeHostNetwork.with("10.0.0.5:8445 -> 10.0.0.9:7001 TIME_WAIT"),
                Told.bind(Refusal.ADDRESS_IN_USE).wanting("*", 8445));

        assertThat(answer.verdict()).isEqualTo("free");
        assertThat(confirmed(answer, "time-wait")).isNull();
        assertThat(answer.remarks().getFirst())
                .startsWith("Only a server that sets SO_REUSEADDR is sure to have the port now");
    }

    @Test
    void without_a_port_the_next_step_is_named() {
        assertThat(ask(FakeHostNetwork.with(), Told.bind(Refusal.ADDRESS_IN_USE))
                        .remarks()
                        .getFirst())
                .startsWith("With its number, berth why PORT says what has the port. sudo berth failures --binds");
    }

    @Test
    void the_usual_port_is_a_guess() {
        IncidentAnswer answer = ask(
                FakeHostNetwork.with("0.0.0.0:5432 LISTEN postgres(7)"),
                Told.bind(Refusal.ADDRESS_IN_USE).by("PostgreSQL").usuallyOn(5432, 5433));

        assertThat(answer.host()).isInstanceOfSatisfying(HostAnswer.Server.class, server -> {
            assertThat(server.guessed()).isTrue();
            assertThat(server.why().explanation().port()).isEqualTo(5432);
        });
        assertThat(answer.causes()).extracting(PossibleCause::confirmed).containsOnlyNulls();
        assertThat(answer.fixes()).extracting(Fix::risk).isSorted().first().isEqualTo(Fix.Risk.NONE);
        assertThat(answer.remarks())
                .containsExactly(
                        "The lines carry no port. 5432 is the one that PostgreSQL usually has: a guess, and only if it is right what holds for it here is why.");
    }

    @Test
    void a_server_for_udp_is_asked_about_over_udp() {
        FakeHostNetwork host = FakeHostNetwork.with("udp 0.0.0.0:53 BOUND dnsmasq(7)");

        assertThat(confirmed(ask(
                        host, Told.bind(Refusal.ADDRESS_IN_USE).wanting("*", 53).udp())))
                .containsExactly("listener");
        assertThat(ask(host, Told.bind(Refusal.ADDRESS_IN_USE).wanting("*", 53)).verdict())
                .isEqualTo("free");
    }

    @Test
    void a_privileged_port_is_known_by_its_number_whoever_asks() {
        FakeHostNetwork host = FakeHostNetwork.with();

        IncidentAnswer low = ask(host, Told.bind(Refusal.ACCESS_DENIED).wanting("*", 80));
        assertThat(confirmed(low, "privileged-port")).isTrue();
        assertThat(low.remarks()).anyMatch(remark -> remark.contains("what the program lacked is the right to it"));
        assertThat(confirmed(ask(host, Told.bind(Refusal.ACCESS_DENIED).wanting("*", 8080)), "privileged-port"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"ADDRESS_NOT_AVAILABLE, 127.0.0.1, EADDRNOTAVAIL", "ACCESS_DENIED, 0.0.0.0, EACCES"})
    void a_listener_is_no_cause_of_an_error_that_it_cannot_give(Refusal refusal, String address, String name) {
        IncidentAnswer answer = ask(
                FakeHostNetwork.with("0.0.0.0:80 LISTEN apache2(7)"),
                Told.bind(refusal).wanting(address, 80));

        assertThat(answer.causes()).extracting(PossibleCause::id).doesNotContain("listener");
        assertThat(answer.fixes()).extracting(Fix::id).doesNotContain("end-process", "stop-unit", "reserve-port");
        assertThat(answer.remarks()).contains("That is not why: it gives EADDRINUSE, and the lines say " + name + ".");
    }

    @Test
    void the_right_to_a_privileged_port_is_offered_whoever_asks() {
        assertThat(ask(FakeHostNetwork.with(), Told.bind(Refusal.ACCESS_DENIED).wanting("*", 80))
                        .fixes())
                .extracting(Fix::id)
                .containsExactly("grant-bind-capability");
    }

    @Test
    void a_connect_from_an_address_that_is_not_here_leads_to_those_that_are() {
        var refused = new IncidentLook.Seen(
                new HostAnswer.NotAsked("no client can connect from there"), List.of(), List.of(), false, 0);
        Told foreign = Told.connect(Refusal.ADDRESS_NOT_AVAILABLE).wanting("10.77.1.1", 0);

        assertThat(IncidentFixes.of(
                        foreign.group().incident(),
                        List.of(KnownCause.ADDRESS_NOT_LOCAL.confirmed(true)),
                        FakeHostNetwork.with(),
                        refused))
                .extracting(Fix::id)
                .containsExactly("choose-local-address");
    }

    private static FakeHostNetwork exhausted(String program) {
        var host = FakeHostNetwork.with()
                .policy(new PortPolicy(
                        new PortRange(40_000, 40_009),
                        PortSet.EMPTY,
                        List.of(),
                        List.of(),
                        1024,
                        PortPolicy.Persistent.NOTHING));
        for (int port = 40_000; port <= 40_009; port++) {
            host.add("10.0.0.1:%d -> 10.0.0.9:5432 ESTABLISHED %s(77)".formatted(port, program));
        }
        return host.add("10.0.0.1:40003 -> 10.0.0.8:80 ESTABLISHED curl(78)");
    }

    @Test
    void an_exhausted_destination_is_the_cause() {
        IncidentAnswer answer = ask(
                exhausted("shop"), Told.connect(Refusal.ADDRESS_NOT_AVAILABLE).to("10.0.0.9", 5432));

        assertThat(answer.verdict()).isEqualTo("tuple-space-exhausted");
        assertThat(confirmed(answer)).containsExactly("tuple-space-exhausted");
        assertThat(answer.fixes()).extracting(Fix::id).contains("reuse-connections");
        assertThat(answer.remarks()).isEmpty();
    }

    @Test
    void a_client_that_names_no_destination_is_answered_with_the_fullest_and_its_process() {
        IncidentAnswer answer = ask(
                exhausted("java"), Told.connect(Refusal.ADDRESS_NOT_AVAILABLE).by("Java"));

        assertThat(answer.host()).isInstanceOfSatisfying(HostAnswer.Client.class, client -> {
            assertThat(client.guessed()).isTrue();
            assertThat(client.why().destination()).isEqualTo(Endpoint.parse("10.0.0.9:5432"));
            assertThat(client.why()
                            .spaces()
                            .getFirst()
                            .processes()
                            .getFirst()
                            .process()
                            .name())
                    .isEqualTo("java");
        });
        assertThat(confirmed(answer)).containsExactly("tuple-space-exhausted");
        assertThat(answer.remarks())
                .containsExactly(
                        "The lines carry no destination. Of those that this host is connected to, 10.0.0.9:5432 has "
                                + "the fewest ports left: a guess.");
    }

    @Test
    void half_a_destination_narrows_the_guess() {
        FakeHostNetwork host = exhausted("java");
        IncidentAnswer answer =
                ask(host, Told.connect(Refusal.ADDRESS_NOT_AVAILABLE).to("*", 80));

        assertThat(answer.verdict()).isEqualTo("connectable");
        assertThat(confirmed(answer, "tuple-space-exhausted")).isFalse();
        assertThat(answer.remarks().getFirst())
                .isEqualTo(
                        "The lines carry no whole destination. Of those that this host is connected to, 10.0.0.8:80 has the "
                                + "fewest ports left, and it has enough: a guess.");
        assertThat(answer.remarks().getLast()).startsWith("Local ports are left now");
        assertThat(whyNot(ask(host, Told.connect(Refusal.ADDRESS_NOT_AVAILABLE).to("*", 81))))
                .contains("half a destination");
    }

    @Test
    void without_the_call_a_bare_error_of_clients_is_taken_for_one() {
        assertThat(ask(exhausted("java"), Told.unclear(Refusal.ADDRESS_NOT_AVAILABLE))
                        .verdict())
                .isEqualTo("tuple-space-exhausted");
        assertThat(whyNot(ask(exhausted("java"), Told.unclear(Refusal.ADDRESS_IN_USE))))
                .contains("neither a port nor a destination");
        assertThat(ask(exhausted("java"), Told.unclear(Refusal.ADDRESS_IN_USE).wanting("*", 40_004))
                        .verdict())
                .isEqualTo("client");
    }

    @Test
    void a_host_without_connections_is_no_answer() {
        assertThat(whyNot(ask(FakeHostNetwork.with(), Told.connect(Refusal.ADDRESS_NOT_AVAILABLE))))
                .contains("this host has no outgoing connection now");
    }

    @ParameterizedTest
    @CsvSource({"localhost", "127.0.0.1", "LocalHost"})
    void what_every_host_calls_itself_is_asked_about(String name) {
        assertThat(ask(
                                FakeHostNetwork.with(),
                                Told.connect(Refusal.ADDRESS_NOT_AVAILABLE).to(name, 5432))
                        .host())
                .isInstanceOfSatisfying(
                        HostAnswer.Client.class,
                        client -> assertThat(client.why().destination()).isEqualTo(Endpoint.parse("127.0.0.1:5432")));
    }

    @Test
    void other_names_are_not_looked_up() {
        assertThat(whyNot(ask(
                        FakeHostNetwork.with(),
                        Told.connect(Refusal.ADDRESS_NOT_AVAILABLE).to("db.example", 5432))))
                .contains("the destination is a name, db.example");
    }

    @Test
    void a_destination_that_is_none_is_the_cause_itself() {
        IncidentAnswer answer = ask(
                FakeHostNetwork.windows(WINDOWS),
                Told.connect(Refusal.ADDRESS_NOT_AVAILABLE).to("10.0.0.9", 0));

        assertThat(whyNot(answer)).isEqualTo("10.0.0.9:0 is no destination");
        assertThat(confirmed(answer)).containsExactly("invalid-remote");
    }

    @Test
    void on_linux_a_connect_that_says_in_use_was_a_bind_and_all_ports_count() {
        IncidentAnswer answer =
                ask(exhausted("java"), Told.connect(Refusal.ADDRESS_IN_USE).to("10.0.0.7", 443));

        assertThat(answer.verdict()).isEqualTo("no-port-left");
        assertThat(confirmed(answer)).containsExactly("bind-before-connect", "no-port-left");
        assertThat(answer.host()).isInstanceOfSatisfying(HostAnswer.AnyPort.class, any -> {
            assertThat(any.choice().left()).isZero();
            assertThat(any.choice().processes().getFirst().process().name()).isEqualTo("java");
        });
        assertThat(answer.fixes()).extracting(Fix::id).contains("widen-range");
    }

    @Test
    void a_local_port_that_a_client_chose_is_looked_at() {
        FakeHostNetwork host = FakeHostNetwork.with("0.0.0.0:20 LISTEN ftpd(7)");
        IncidentAnswer answer =
                ask(host, Told.connect(Refusal.ADDRESS_IN_USE).wanting("*", 20).to("127.0.0.1", 8081));

        assertThat(answer.host())
                .isInstanceOfSatisfying(
                        HostAnswer.Client.class,
                        client -> assertThat(client.why().connectable()).isFalse());
        assertThat(confirmed(answer)).containsExactly("bind-before-connect", "listener");
        assertThat(answer.remarks().getFirst())
                .startsWith("Local port 20, which the client chose, is refused now with EADDRINUSE.");
    }

    @Test
    void a_bind_of_port_0_is_answered_with_what_is_left() {
        Told wanted = Told.bind(Refusal.ADDRESS_IN_USE).wanting("0.0.0.0", 0);

        IncidentAnswer full = ask(exhausted("java"), wanted);
        assertThat(full.verdict()).isEqualTo("no-port-left");
        assertThat(confirmed(full)).containsExactly("no-port-left");
        IncidentAnswer again = ask(FakeHostNetwork.with(), wanted);
        assertThat(again.verdict()).isEqualTo("ports-left");
        assertThat(confirmed(again)).isEmpty();
        assertThat(again.remarks().getFirst()).startsWith("The system has ports to choose from now");
    }

    @Test
    void at_another_address_the_same_ports_are_free() {
        assertThat(ask(exhausted("java"), Told.bind(Refusal.ADDRESS_IN_USE).wanting("127.0.0.77", 0))
                        .verdict())
                .isEqualTo("ports-left");
    }

    @Test
    void the_log_of_windows_confirms_what_is_over() {
        var ranOut = new PortEvents.Event("Tcpip", 4231, Instant.parse("2026-11-20T03:00:00Z"));
        var tooSoon = new PortEvents.Event("Tcpip", 4227, Instant.parse("2026-11-20T03:00:01Z"));
        FakeHostNetwork host =
                FakeHostNetwork.windows(WINDOWS, "10.0.0.1:52001 -> 10.0.0.9:443 ESTABLISHED shop.exe(77)");
        Told onlyOneUsage = Told.connect(Refusal.ADDRESS_IN_USE).to("10.0.0.9", 443);

        IncidentAnswer then = ask(host.events(tooSoon, ranOut), onlyOneUsage.at("2026-11-20T03:01:00Z"));
        assertThat(then.events()).containsExactly(tooSoon, ranOut);
        assertThat(confirmed(then)).containsExactly("tuple-space-exhausted", "recent-tuple");
        IncidentAnswer later = ask(host, onlyOneUsage.at("2026-11-20T05:00:00Z"));
        assertThat(later.events()).hasSize(2);
        assertThat(confirmed(later)).isEmpty();
        assertThat(ask(host, sqlServer()).events()).as("no connect").isEmpty();
    }

    @Test
    void a_bare_line_of_a_client_on_windows_finds_the_destination() {
        var host = FakeHostNetwork.windows(new PortPolicy(
                new PortRange(50_000, 50_002),
                PortSet.EMPTY,
                List.of(),
                List.of(),
                null,
                PortPolicy.Persistent.NOTHING));
        for (int port = 50_000; port <= 50_002; port++) {
            host.add("10.0.0.1:%d -> 10.0.0.9:80 TIME_WAIT".formatted(port));
        }

        for (Told told : List.of(Told.unclear(Refusal.ADDRESS_IN_USE), Told.unclear(Refusal.NO_BUFFER_SPACE))) {
            IncidentAnswer answer = ask(host, told.on(LoggedSystem.WINDOWS));
            assertThat(confirmed(answer)).containsExactly("tuple-space-exhausted");
            assertThat(answer.remarks().getFirst()).contains("10.0.0.9:80 has the fewest ports left");
        }
        assertThat(ask(
                                host,
                                Told.unclear(Refusal.ADDRESS_IN_USE)
                                        .by("SQL Server")
                                        .usuallyOn(1433))
                        .host())
                .as("a server by its name")
                .isInstanceOf(HostAnswer.Server.class);
    }

    @Test
    void a_client_of_udp_shares_its_port_with_nobody() {
        var noPort = new PortEvents.Event("Tcpip", 4266, Instant.parse("2026-11-20T03:00:00Z"));
        FakeHostNetwork host = FakeHostNetwork.windows(WINDOWS).events(noPort);
        IncidentAnswer answer =
                ask(host, Told.connect(Refusal.NO_BUFFER_SPACE).udp().at("2026-11-20T03:00:30Z"));

        assertThat(answer.verdict()).isEqualTo("ports-left");
        assertThat(confirmed(answer)).as("by the log").containsExactly("no-port-left");
    }

    @Test
    void without_an_address_nobody_can_say_whether_it_is_here() {
        IncidentAnswer answer = ask(
                FakeHostNetwork.with(),
                Told.bind(Refusal.ADDRESS_NOT_AVAILABLE).by("PostgreSQL").usuallyOn(5432));

        assertThat(confirmed(answer, "address-not-local")).isNull();
        assertThat(answer.remarks().getLast()).startsWith("The lines carry no address");
        IncidentAnswer told = ask(
                FakeHostNetwork.with(), Told.bind(Refusal.ADDRESS_NOT_AVAILABLE).wanting("10.0.0.7", 5432));
        assertThat(confirmed(told, "address-not-local")).isFalse();
        assertThat(told.remarks())
                .containsExactly(
                        "The address is one of this host's now: when the lines were written, it was not yet, or IPv6 was off.");
    }

    @Test
    void lines_of_another_system_are_explained_in_general() {
        IncidentAnswer answer = ask(
                FakeHostNetwork.with("0.0.0.0:1433 LISTEN other(7)"),
                sqlServer().on(LoggedSystem.WINDOWS));

        assertThat(whyNot(answer))
                .isEqualTo(
                        "the lines are from Windows and this host runs Linux: run berth explain there, or here with --from a "
                                + "capture of that host");
        assertThat(answer.meaning()).contains("over which Windows lets servers bind");
        assertThat(answer.causes()).extracting(PossibleCause::confirmed).containsOnlyNulls();
        assertThat(whyNot(ask(FakeHostNetwork.with(), sqlServer().on(LoggedSystem.BSD))))
                .contains("Berth does not run there");
    }

    @Test
    void without_a_host_everything_is_general() {
        IncidentAnswer answer = IncidentQuestion.inGeneral("--no-host was given")
                .ask(sqlServer().group());

        assertThat(whyNot(answer)).isEqualTo("--no-host was given");
        assertThat(answer.causes())
                .hasSizeGreaterThan(3)
                .extracting(PossibleCause::confirmed)
                .containsOnlyNulls();
    }

    @Test
    void a_port_of_the_other_machine_is_not_asked_about_here() {
        assertThat(whyNot(ask(
                        FakeHostNetwork.with("0.0.0.0:8080 LISTEN other(7)"),
                        Told.bind(null).by("OpenSSH").to("*", 8080))))
                .startsWith("port 8080 was wanted on the other machine");
    }

    @Test
    void a_products_own_table_is_held_against_the_sockets() {
        Told docker = Told.bind(null).by("Docker").wanting("0.0.0.0", 8080).byItsOwnTable();

        assertThat(ask(FakeHostNetwork.with("0.0.0.0:8080 LISTEN docker-proxy(7)"), docker)
                        .verdict())
                .isEqualTo("listener");
        assertThat(ask(FakeHostNetwork.with(), docker).remarks())
                .containsExactly(
                        "No socket is in the way here: what keeps the port is in the product's own table alone.");
    }

    @Test
    void each_question_is_put_to_the_host_once() {
        FakeHostNetwork host = FakeHostNetwork.with("0.0.0.0:1433 LISTEN other(7)");
        IncidentQuestion question = to(host);
        IncidentAnswer first = question.ask(sqlServer().group());
        int looks = host.looks();

        for (int i = 0; i < 50; i++) {
            assertThat(question.ask(sqlServer().by("another product").group()).host())
                    .isEqualTo(first.host());
        }
        assertThat(host.looks()).isEqualTo(looks);
    }

    @Test
    void beyond_twenty_questions_the_host_is_left_alone() {
        IncidentQuestion question = to(FakeHostNetwork.with());
        List<IncidentAnswer> answers = IntStream.rangeClosed(1, 21)
                .mapToObj(port -> question.ask(
                        Told.bind(Refusal.ADDRESS_IN_USE).wanting("*", port).group()))
                .toList();

        assertThat(answers.subList(0, 20)).allMatch(answer -> answer.verdict().equals("free"));
        assertThat(whyNot(answers.getLast())).contains("the first 20 were asked");
        assertThat(question.ask(Told.bind(Refusal.ADDRESS_IN_USE)
                                .wanting("*", 7)
                                .group())
                        .verdict())
                .as("asked before")
                .isEqualTo("free");
    }
}
