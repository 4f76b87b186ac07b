package dev.berth.diagnosis.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Exceptions of .NET as people posted them: the frames decide what the text leaves open. */
class DotnetTraceTest {
    private static final Recogniser RECOGNISER = Recogniser.ofAllProducts();

    private static Incident only(String log) {
        var told = new ArrayList<Incident>();
        var incidents = new Incidents(RECOGNISER, told::add);
        List<String> lines = log.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            incidents.line(new LogLine(i + 1, lines.get(i), null));
        }
        incidents.end();
        assertThat(told).hasSize(1);
        return told.getFirst();
    }

    /** https://github.com/jellyfin/jellyfin/issues/3370 */
    @Test
    void the_three_exceptions_of_a_web_server_are_one_bind() {
        Incident incident = only("""
                [11:54:23] [FTL] [1] Microsoft.AspNetCore.Server.Kestrel: Unable to start Kestrel.
                System.IO.IOException: Failed to bind to address http://[::]:8096: address already in use.
                 ---> Microsoft.AspNetCore.Connections.AddressInUseException: Address already in use
                 ---> System.Net.Sockets.SocketException (98): Address already in use
                   at System.Net.Sockets.Socket.UpdateStatusAfterSocketErrorAndThrowException(SocketError error, String callerName)
                   at System.Net.Sockets.Socket.DoBind(EndPoint endPointSnapshot, SocketAddress socketAddress)
                """);
        assertThat(incident.product()).isEqualTo("Kestrel");
        assertThat(incident.operation()).isEqualTo(Operation.BIND);
        assertThat(incident.local()).hasToString("[::]:8096");
        assertThat(incident.error()).extracting(LoggedError::number).isEqualTo(98);
    }

    /** https://github.com/jstedfast/MailKit/issues/743 */
    @Test
    void an_address_in_use_in_a_connect_is_a_connect() {
        Incident incident = only("""
                System.Net.Internals.SocketExceptionFactory+ExtendedSocketException (10048): Only one usage of each socket address (protocol/network address/port) is normally permitted
                at System.Net.Sockets.Socket.DoConnect(EndPoint endPointSnapshot, SocketAddress socketAddress)
                at System.Net.Sockets.Socket.Connect(EndPoint remoteEP)
                """);
        assertThat(incident.operation()).isEqualTo(Operation.CONNECT);
        assertThat(incident.error()).extracting(LoggedError::name).isEqualTo("WSAEADDRINUSE");
    }

    /** https://github.com/CSharpGodotTools/GodotModulesCSharp-Old/issues/12 */
    @Test
    void the_same_text_in_a_bind_is_a_bind_also_in_the_frames_of_mono() {
        Incident incident = only("""
                System.Net.Sockets.SocketException (0x80004005): Only one usage of each socket address (protocol/network address/port) is normally permitted.

                  at System.Net.Sockets.Socket.Bind (System.Net.EndPoint localEP) [0x00043] in <5307bcb359e140d4b454b70b3ff646a0>:0
                  at System.Net.Sockets.TcpListener.Start (System.Int32 backlog) [0x00044] in <5307bcb359e140d4b454b70b3ff646a0>:0
                """);
        assertThat(incident.operation()).isEqualTo(Operation.BIND);
        assertThat(incident.local()).isNull();
    }

    /** https://github.com/iPromKnight/zilean/issues/15 */
    @Test
    void the_server_that_was_not_reached_stands_above_the_cause() {
        Incident incident = only("""
                Unhandled exception. Npgsql.NpgsqlException (0x80004005): Failed to connect to [::1]:5432
                 ---> System.Net.Sockets.SocketException (99): Address not available
                   at System.Net.Sockets.Socket.AwaitableSocketAsyncEventArgs.ConnectAsync(Socket socket)
                """);
        assertThat(incident.operation()).isEqualTo(Operation.CONNECT);
        assertThat(incident.remote()).hasToString("[::1]:5432");
        assertThat(incident.local()).isNull();
    }
}
