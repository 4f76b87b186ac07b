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
 *   <tr><td>retry count</td><td>0 at first, then 1, 2, … for the same socket</td><td>the same</td></tr>
 *   <tr><td>null</td><td>the system chooses</td><td>the same</td></tr>
 *   <tr><td>the bind fails</td><td>asked again, whatever the reason, 2,147,483,647 times without a pause (100 in newer
 *       versions)</td><td>asked again only when somebody has the port; at most {@linkplain LocalPortsBuilder#attempts as
 *       often as configured}; the last reason is the cause of the exception</td></tr>
 *   <tr><td>the connect fails since that four-tuple is taken</td><td>not asked again: the caller gets the
 *       error</td><td>asked again, as after a bind</td></tr>
 *   <tr><td>it throws</td><td>taken for a failed connect; the next remote address is tried</td><td>the exception reaches
 *       the caller as it is</td></tr>
 *   <tr><td>an endpoint of the wrong family, or not of this host</td><td>asked again and again</td><td>refused at
 *       once</td></tr>
 * </table>
 *
 * <p>Sources: {@code BindIPEndPoint.xml} of dotnet/dotnet-api-docs, and {@code ServicePoint.cs} of
 * microsoft/referencesource.
 */
@FunctionalInterface
public interface LocalEndpointSelector {
    /**
     * The local endpoint to bind, or null to let the system choose. May be called from several threads at once.
     *
     * @param remote where the connection goes; its address is resolved
     * @param retryCount 0 for the first endpoint of a connection, then 1, 2, …
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
