package dev.berth.client;

import dev.berth.net.PortRange;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the local endpoint of one connection: what .NET calls {@code BindIPEndPointDelegate}, for people who port code
 * that has one. Everybody else is served better by a range: {@link LocalPortsBuilder#range}.
 *
 * <p>Use it with {@link LocalPortsBuilder#selector}. The contract beside that of .NET Framework's
 * {@code ServicePoint.BindIPEndPointDelegate}:
 *
 * <table>
 *   <caption>The same idea, without its traps</caption>
 *   <tr><th></th><th>.NET</th><th>here</th></tr>
 *   <tr><td>asked</td><td>once for each new socket, before connect</td><td>the same</td></tr>
 *   <tr><td>retry count</td><td>0 at first, then 1, 2, … for the same socket</td><td>0 at first, then 1, 2, … for the same
 *       connection</td></tr>
 *   <tr><td>null</td><td>the system chooses</td><td>the same; if it has no port left, its error reaches the caller</td></tr>
 *   <tr><td>the bind fails</td><td>asked again, whatever the reason, 2,147,483,647 times without a pause (100 in newer
 *       versions)</td><td>asked again only when the port is not to be had; at most {@linkplain LocalPortsBuilder#attempts
 *       as often as configured}, then a {@link PortsExhaustedException} has the last reason as its cause</td></tr>
 *   <tr><td>the connect fails since that four-tuple is taken</td><td>not asked again: the caller gets the
 *       error</td><td>asked again, as after a bind</td></tr>
 *   <tr><td>the connect fails otherwise</td><td>not asked again for that remote address</td><td>not asked again: the
 *       caller gets the error</td></tr>
 *   <tr><td>it throws</td><td>taken for a failed connect; the next remote address is tried</td><td>the exception reaches
 *       the caller as it is</td></tr>
 *   <tr><td>an endpoint of the wrong family, or not of this host</td><td>asked again and again</td><td>refused at once: {@link
 *       NoLocalAddressException}</td></tr>
 *   <tr><td>an endpoint that is not resolved</td><td>cannot be</td><td>refused at once: {@link
 *       java.net.UnknownHostException}</td></tr>
 * </table>
 *
 * <p>On Linux the endpoint is bound with {@code SO_REUSEADDR}, unless {@link LocalPortsBuilder#sharing} says otherwise: one
 * port can then serve several destinations, and one in TIME_WAIT may be taken over at once, as {@link
 * LocalPortsBuilder#reuseTimeWait} says.
 *
 * <p>Sources: {@code BindIPEndPoint.xml} of dotnet/dotnet-api-docs, and {@code ServicePoint.cs} of
 * microsoft/referencesource.
 */
@FunctionalInterface
public interface LocalEndpointSelector {
    /**
     * The local endpoint to bind, or null to let the system choose. May be called from several threads at once.
     *
     * <p>The wildcard address leaves the address to the system, for remote addresses of both families. Port 0 leaves the port
     * to it, and takes one for all destinations on Linux.
     *
     * @param remote where the connection goes; its address is resolved
     * @param retryCount 0 for the first endpoint of a connection, then 1, 2, …
     * @throws IOException to give up the connection
     */
    @Nullable
    InetSocketAddress select(InetSocketAddress remote, int retryCount) throws IOException;

    /**
     * The well-known sample, mended: the ports of the range one after the other, from the last to the first in the same
     * atomic step, whatever the number of threads. The sample counts up in one step and wraps in another; two threads
     * between the two make it count past 65535, and every later call fails until the program restarts.
     */
    static LocalEndpointSelector sequential(PortRange range) {
        return new SequentialSelector(range);
    }
}
