package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Endpoint;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeHostProvider;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.PortEvents;
import dev.berth.platform.PortPolicy;
import dev.berth.windows.FakeWindows;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Lines of Windows programs, explained on a Windows made up so that they are true of it. */
class ExplainOnWindowsTest {
    /** "TCP Port Is Already In Use", Microsoft, 2016: techcommunity.microsoft.com/t5/core-infrastructure-and-security. */
    private static final String SQL_SERVER = """
            2016-07-12 22:41:20.58 spidxxs Server TCP provider failed to listen on [ 'any' <ipv6> 1433]. Tcp port is already in use.
            2016-07-12 22:41:20.58 spidxxs Error: 17182, Severity: 16, State: 1.
            """;

    /** Run here on Linux: Spring Boot 3.5.8, cut. The port is another one, and to Java's text Windows' call is added. */
    private static final String SPRING_BOOT = """
            org.springframework.boot.web.server.PortInUseException: Port 8080 is already in use
            \tat org.springframework.boot.web.server.PortInUseException.throwIfPortBindingException(PortInUseException.java:70) ~[spring-boot.jar:3.5.8]
            Caused by: java.net.BindException: Address already in use: bind
            \tat java.base/sun.nio.ch.Net.bind0(Native Method) ~[na:na]
            \tat java.base/sun.nio.ch.Net.bind(Net.java:522) ~[na:na]
            \t... 19 common frames omitted

            2026-11-22T03:40:11.521Z ERROR 794661 --- [           main] o.s.b.d.LoggingFailureAnalysisReporter   :

            ***************************
            APPLICATION FAILED TO START
            ***************************

            Description:

            Web server failed to start. Port 8080 was already in use.
            """;

    /** The sentence of the texts on web services, as .NET writes it. */
    private static final String ONLY_ONE_USAGE =
            "Only one usage of each socket address (protocol/network address/port) is normally permitted";

    private static Ran explain(HostNetwork host, String log, String... options) {
        var words = new String[options.length + 1];
        words[0] = "explain";
        System.arraycopy(options, 0, words, 1, options.length);
        return Ran.typing(log, FakeHostProvider.of(host), Map.of(), words);
    }

    /** The only incident of a document that keeps to its schema. */
    private static JsonNode incident(HostNetwork host, String log) throws IOException {
        Ran ran = explain(host, log, "--json");
        assertThat(ran.code()).as(ran.err()).isEqualTo(1);
        assertThat(Schemas.errors("explain", ran.out())).as(ran.out()).isEmpty();
        JsonNode document = new ObjectMapper().readTree(ran.out());
        assertThat(document.at("/incidents")).as(ran.out()).hasSize(1);
        return document.at("/incidents/0");
    }

    private static List<String> confirmed(JsonNode incident) {
        return incident.at("/causes")
                .valueStream()
                .filter(cause -> cause.at("/confirmed").asBoolean(false))
                .map(cause -> cause.at("/id").asString())
                .toList();
    }

    private static List<String> fixes(JsonNode incident) {
        return incident.at("/fixes")
                .valueStream()
                .map(fix -> fix.at("/id").asString())
                .toList();
    }

    @Test
    void a_client_that_was_given_the_port_of_sql_server_is_named_and_the_port_is_to_be_excluded() throws IOException {
        HostNetwork host = FakeWindows.builder()
                .dynamic(Protocol.TCP, 1025, 65_534)
                .stoppedService("MSSQLSERVER", 4242, 1433)
                .connection("client.exe", 900, Endpoint.parse("10.0.0.5:1433"), Endpoint.parse("10.0.0.9:7001"))
                .build()
                .host();

        JsonNode incident = incident(host, SQL_SERVER);

        assertThat(incident.at("/product").asString()).isEqualTo("SQL Server");
        assertThat(incident.at("/verdict").asString()).isEqualTo("client");
        assertThat(incident.at("/holders/0/process/pid").asInt()).isEqualTo(900);
        assertThat(confirmed(incident)).containsExactly("client");
        assertThat(fixes(incident)).contains("reserve-port");
        assertThat(explain(host, SQL_SERVER).out())
                .startsWith("SQL Server cannot bind [::]:1433: ")
                .contains("client.exe (900)")
                .containsSubsequence(
                        "causes confirmed    A connection has the port as its own end", "berth reserve 1433")
                .doesNotContain("sudo", "sysctl", "not asked");
    }

    @Test
    void spring_boot_on_an_excluded_port_has_nobody_to_look_for() throws IOException {
        HostNetwork host =
                FakeWindows.builder().reservedBySystem(8000, 8099).build().host();

        JsonNode incident = incident(host, SPRING_BOOT);

        assertThat(incident.at("/product").asString()).isEqualTo("Spring Boot");
        assertThat(incident.at("/local/port").asInt()).isEqualTo(8080);
        assertThat(incident.at("/verdict").asString()).isEqualTo("excluded");
        assertThat(incident.at("/holders")).isEmpty();
        assertThat(confirmed(incident)).containsExactly("excluded");
        assertThat(explain(host, SPRING_BOOT).out())
                .contains(
                        "That is what the JDK makes of the refusal of an excluded port (WSAEACCES, 10013): nobody has it")
                .doesNotContain("sudo", "sysctl");
    }

    /** All the ports of a small range are in TIME_WAIT to one web service. */
    private static FakeHostNetwork usedUp() {
        var range = new PortRange(50_000, 50_299);
        FakeHostNetwork host = FakeHostNetwork.windows(
                new PortPolicy(range, PortSet.EMPTY, List.of(), List.of(), null, PortPolicy.Persistent.NOTHING));
        for (int port = range.first(); port <= range.last(); port++) {
            host.add("10.0.0.1:" + port + " -> 10.0.0.9:443 TIME_WAIT");
        }
        return host;
    }

    private static PortEvents.Event event(int id) {
        return new PortEvents.Event("Tcpip", id, Instant.parse("2026-11-20T03:00:00Z"));
    }

    private static String onlyOneUsage(String rest) {
        return "2026-11-20T03:00:05Z System.Net.WebException: Unable to connect to the remote server ---> "
                + "System.Net.Sockets.SocketException: " + ONLY_ONE_USAGE + rest + "\n";
    }

    @ParameterizedTest
    @CsvSource({"'', true", "' 10.0.0.9:443', false"})
    void a_web_service_that_is_called_too_often_has_used_up_the_ports(String end, boolean guessed) throws IOException {
        FakeHostNetwork host = usedUp().events(event(4231));

        JsonNode incident = incident(host, onlyOneUsage(end));

        assertThat(incident.at("/operation").asString()).isEqualTo("connect");
        assertThat(incident.at("/asked/remote/address").asString()).isEqualTo("10.0.0.9");
        assertThat(incident.at("/asked/remote/port").asInt()).isEqualTo(443);
        assertThat(incident.at("/asked/guessed").asBoolean()).isEqualTo(guessed);
        assertThat(incident.at("/verdict").asString()).isEqualTo("tuple-space-exhausted");
        assertThat(confirmed(incident)).contains("tuple-space-exhausted");
        assertThat(incident.at("/events/0/id").asInt()).isEqualTo(4231);
        assertThat(explain(host, onlyOneUsage(end)).out())
                .containsSubsequence(
                        "cannot connect",
                        "  here   No client can connect to 10.0.0.9:443 from 10.0.0.1: no local port is left.\n",
                        (guessed ? "causes guess fits   " : "causes confirmed    ") + "No local port is left",
                        "  events Tcpip 4231, 2026-11-20 03:00:00Z\n")
                .doesNotContain("sudo", "sysctl");
    }

    @Test
    void the_log_of_windows_knows_a_tuple_that_was_used_too_soon() throws IOException {
        FakeHostNetwork host = usedUp().events(event(4227));

        JsonNode incident = incident(host, onlyOneUsage(" 10.0.0.9:443"));

        assertThat(confirmed(incident)).contains("recent-tuple", "tuple-space-exhausted");
        assertThat(incident.at("/events/0/id").asInt()).isEqualTo(4227);
    }

    /** "(typically under load)" and no more is all that the first two texts have. */
    @Test
    void the_sentence_alone_finds_the_destination_whose_ports_ran_out() throws IOException {
        JsonNode incident = incident(usedUp(), "\"" + ONLY_ONE_USAGE + " (typically under load).\"\n");

        assertThat(incident.at("/asked/remote/port").asInt()).isEqualTo(443);
        assertThat(confirmed(incident)).contains("tuple-space-exhausted");
    }
}
