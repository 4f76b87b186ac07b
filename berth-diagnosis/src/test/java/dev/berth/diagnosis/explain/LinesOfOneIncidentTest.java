package dev.berth.diagnosis.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Products that tell of one failure on several lines. */
class LinesOfOneIncidentTest {
    private static final Recogniser RECOGNISER = Recogniser.ofAllProducts();

    private static List<String> told(String log) {
        var told = new ArrayList<String>();
        var incidents = new Incidents(
                RECOGNISER,
                incident -> told.add("%s %s %s %s"
                        .formatted(
                                incident.product(),
                                incident.operation().label(),
                                incident.local() == null ? incident.remote() : incident.local(),
                                incident.error() == null
                                        ? "?"
                                        : incident.error().name())));
        List<String> lines = log.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            incidents.line(new LogLine(i + 1, lines.get(i), null));
        }
        incidents.end();
        return told;
    }

    /** Messages 26023, 17182, 17826 of sys.messages, in the order in which SQL Server writes them. */
    @Test
    void sql_server_repeats_itself_with_its_error_numbers() {
        assertThat(told("""
                2016-07-12 22:41:20.58 spid11s Error: 26023, Severity: 16, State: 1.
                2016-07-12 22:41:20.58 spid11s Server TCP provider failed to listen on [ 'any' <ipv6> 1433]. Tcp port is already in use.
                2016-07-12 22:41:20.58 spid11s Error: 17182, Severity: 16, State: 1.
                2016-07-12 22:41:20.58 spid11s TDSSNIClient initialization failed with error 0x2740, status code 0xa. Reason: Unable to initialize the TCP/IP listener. Only one usage of each socket address (protocol/network address/port) is normally permitted.
                2016-07-12 22:41:20.58 spid11s Error: 17182, Severity: 16, State: 1.
                2016-07-12 22:41:20.58 spid11s TDSSNIClient initialization failed with error 0x2740, status code 0x1. Reason: Initialization failed with an infrastructure error. Check for previous errors. Only one usage of each socket address (protocol/network address/port) is normally permitted.
                2016-07-12 22:41:20.58 spid11s Error: 17826, Severity: 18, State: 3.
                2016-07-12 22:41:20.58 spid11s Could not start the network library because of an internal error in the network library. To determine the cause, review the errors immediately preceding this one in the error log.
                """)).containsExactly("SQL Server bind [::]:1433 WSAEADDRINUSE");
    }

    /** https://github.com/mbentley/docker-omada-controller/issues/539 */
    @Test
    void mongodb_names_its_port_long_before_it_fails() {
        assertThat(told("""
                2025-03-14T10:43:42.700-0500 I CONTROL  [initandlisten] MongoDB starting : pid=303 port=27217 dbpath=../data/db 64-bit host=omada
                2025-03-14T10:43:42.700-0500 I CONTROL  [initandlisten] options: { net: { bindIp: "127.0.0.1", port: 27217 }, storage: { dbPath: "../data/db" } }
                2025-03-14T10:43:42.700-0500 E STORAGE  [initandlisten] Failed to set up listener: SocketException: Address already in use
                2025-03-14T10:43:42.700-0500 I CONTROL  [initandlisten] now exiting
                """)).containsExactly("MongoDB bind 127.0.0.1:27217 EADDRINUSE");
    }

    /** https://github.com/ritazh/devopsfun/issues/20 */
    @Test
    void old_mongodb_ends_with_what_it_said_before() {
        assertThat(told("""
                2016-05-07T09:32:14.719+0100 E NETWORK  [initandlisten] listen(): bind() failed errno:48 Address already in use for socket: 0.0.0.0:27017
                2016-05-07T09:32:14.719+0100 E NETWORK  [initandlisten]   addr already in use
                2016-05-07T09:32:14.719+0100 E STORAGE  [initandlisten] Failed to set up sockets during startup.
                """)).containsExactly("MongoDB bind 0.0.0.0:27017 EADDRINUSE");
    }

    /** https://github.com/docker-library/mysql/issues/997, its last line added as the source of MySQL has it */
    @Test
    void mysql_fails_once_for_each_of_its_two_protocols() {
        assertThat(told("""
                2021-03-17T15:49:36.085282Z 0 [ERROR] [MY-011300] [Server] Plugin mysqlx reported: 'Setup of bind-address: '*' port: 33060 failed, `bind()` failed with error: Address already in use (98). Do you already have another mysqld server running with Mysqlx ?'
                2021-03-17T15:49:36.085326Z 0 [ERROR] [MY-013597] [Server] Plugin mysqlx reported: 'Value '*' set to `Mysqlx_bind_address`, X Plugin can't bind to it. Skipping this value.'
                2021-03-17T15:49:36.173994Z 0 [Warning] [MY-010068] [Server] CA certificate ca.pem is self signed.
                2021-03-17T15:49:36.174683Z 0 [ERROR] [MY-010262] [Server] Can't start server: Bind on TCP/IP port: Address already in use
                2021-03-17T15:49:36.174690Z 0 [ERROR] [MY-010257] [Server] Do you already have another mysqld server running on port: 3306 ?
                """)).containsExactly("MySQL X Plugin bind *:33060 EADDRINUSE", "MySQL bind *:3306 EADDRINUSE");
    }

    /** The format strings of fe-connect.c before PostgreSQL 14. */
    @Test
    void old_libpq_names_the_server_on_the_lines_below() {
        assertThat(told("""
                psql: error: could not connect to server: Cannot assign requested address
                \tIs the server running on host "localhost" (127.0.0.1) and accepting
                \tTCP/IP connections on port 5432?
                """)).containsExactly("libpq connect 127.0.0.1:5432 EADDRNOTAVAIL");
    }
}
