package dev.berth.client;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/**
 * What a failed bind or connect means. The JDK throws {@link BindException} for a port that is taken (EADDRINUSE at bind,
 * EADDRNOTAVAIL at connect; on Windows WSAEADDRINUSE at both, and for excluded ports too) and for an address that is not
 * local (EADDRNOTAVAIL at either); {@link TakenWords} tells them from what is forbidden. So the address is tried by
 * itself, by UDP: no packet leaves, and no TCP port is taken.
 */
final class Refusal {
    private Refusal() {}

    /** Returns if {@code reason} is about the port. */
    static void ofBind(IOException reason, @Nullable InetAddress source) throws IOException {
        if (!isTaken(reason)) {
            throw reason;
        }
        if (source != null && !isLocal(source)) {
            throw noLocalAddress(notLocal(source), reason);
        }
    }

    /** Returns if {@code reason} is about the four-tuple. */
    static void ofConnect(IOException reason, InetSocketAddress remote) throws IOException {
        if (!isTaken(reason)) {
            throw reason;
        }
        if (!hasAddressFor(remote)) {
            throw noLocalAddress("no address of this host can reach " + remote, reason);
        }
    }

    static String notLocal(InetAddress source) {
        return "the source address " + source.getHostAddress() + " is not one of this host";
    }

    /**
     * Whether a socket can be bound to the address; also when there are no sockets or ports to be had, so that
     * nobody can tell.
     */
    static boolean isLocal(InetAddress address) {
        try (var socket = new DatagramSocket(null)) {
            return isLocal(socket, address);
        } catch (SocketException e) {
            return true;
        }
    }

    private static boolean isLocal(DatagramSocket socket, InetAddress address) {
        try {
            socket.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (SocketException e) {
            return !hasFreePort();
        }
    }

    /** Whether UDP has a port left; if not, no address can be bound, and nobody can tell which are local. */
    private static boolean hasFreePort() {
        try (var any = new DatagramSocket()) {
            return any.isBound();
        } catch (SocketException e) {
            return false;
        }
    }

    private static boolean isTaken(IOException reason) {
        return reason instanceof BindException bind && TakenWords.areIn(bind);
    }

    private static boolean hasAddressFor(InetSocketAddress remote) {
        try (var channel = DatagramChannel.open()) {
            channel.connect(remote);
            return true;
        } catch (IOException e) {
            return !isTaken(e); // else not for want of an address
        }
    }

    private static NoLocalAddressException noLocalAddress(String message, IOException cause) {
        var exception = new NoLocalAddressException(message);
        exception.initCause(cause);
        return exception;
    }
}
