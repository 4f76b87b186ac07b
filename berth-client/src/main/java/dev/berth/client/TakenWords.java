package dev.berth.client;

import dev.berth.client.host.Platform;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which {@link BindException}s are about an address or port that is not to be had. On Linux the JDK throws them for EACCES
 * too (a firewall's rule, SELinux, a privileged port), and only the text tells, in the language of the user. So it is
 * compared with the texts for EADDRINUSE and EADDRNOTAVAIL of this very JVM, provoked when they are first needed. Where
 * they are not known, and on other systems, all are.
 */
final class TakenWords {
    private static final byte[] NOBODYS = {(byte) 192, 0, 2, 1}; // TEST-NET-1, RFC 5737

    private static volatile List<String> known = List.of(); // learned twice, by two threads, they are the same

    private TakenWords() {}

    static boolean areIn(BindException reason) {
        String text = reason.getMessage();
        if (text == null || Platform.here() != Platform.LINUX) {
            return true;
        }
        if (known.isEmpty()) {
            known = learn();
        }
        return known.isEmpty()
                || known.stream().anyMatch(text::contains); // options of the JDK put an address before it
    }

    private static List<String> learn() {
        try (var first = new Socket()) {
            first.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String inUse = refusal(first.getLocalAddress(), first.getLocalPort());
            String notAvailable = refusal(InetAddress.getByAddress(NOBODYS), 0);
            return inUse == null || notAvailable == null ? List.of() : List.of(inUse, notAvailable);
        } catch (IOException e) {
            return List.of(); // no port or no socket is left just now
        }
    }

    private static @Nullable String refusal(InetAddress address, int port) throws IOException {
        try (var socket = new Socket()) {
            socket.bind(new InetSocketAddress(address, port));
            return null;
        } catch (BindException e) {
            return e.getMessage();
        }
    }
}
