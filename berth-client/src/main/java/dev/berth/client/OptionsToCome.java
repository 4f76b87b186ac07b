package dev.berth.client;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.SocketOptions;
import java.net.StandardSocketOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/** The options a socket was given, to be set on the next one too that takes its place. Not thread-safe but for {@link #resetsAtClose}. */
final class OptionsToCome {
    private interface Setting {
        void on(Socket socket) throws IOException;
    }

    private final Map<Object, Setting> settings = new LinkedHashMap<>();
    private volatile boolean lingersZero;

    /** @param option one of {@link SocketOptions} */
    void set(Socket socket, int option, Object value) throws SocketException {
        Setting setting = next -> set(next, value, option);
        set(socket, value, option);
        remember(option, setting);
        if (option == SocketOptions.SO_LINGER) {
            lingersZero = value.equals(0);
        }
    }

    private static void set(Socket socket, Object value, int option) throws SocketException {
        switch (option) {
            case SocketOptions.SO_TIMEOUT -> socket.setSoTimeout((Integer) value);
            case SocketOptions.TCP_NODELAY -> socket.setTcpNoDelay((Boolean) value);
            case SocketOptions.SO_LINGER -> {
                boolean on = value instanceof Integer;
                socket.setSoLinger(on, on ? (Integer) value : 0);
            }
            case SocketOptions.SO_KEEPALIVE -> socket.setKeepAlive((Boolean) value);
            case SocketOptions.SO_OOBINLINE -> socket.setOOBInline((Boolean) value);
            case SocketOptions.SO_REUSEADDR -> socket.setReuseAddress((Boolean) value);
            case SocketOptions.SO_SNDBUF -> socket.setSendBufferSize((Integer) value);
            case SocketOptions.SO_RCVBUF -> socket.setReceiveBufferSize((Integer) value);
            case SocketOptions.IP_TOS -> socket.setTrafficClass((Integer) value);
            default -> throw new SocketException("option " + option + " is not known");
        }
    }

    <T> void set(Socket socket, SocketOption<T> option, T value) throws IOException {
        socket.setOption(option, value);
        remember(option, next -> next.setOption(option, value));
        if (option.equals(StandardSocketOptions.SO_LINGER)) {
            lingersZero = value.equals(0);
        }
    }

    private void remember(Object option, Setting setting) {
        settings.remove(option); // an option has a name of either kind: the last word comes last
        settings.put(option, setting);
    }

    /** @param option one of {@link SocketOptions} */
    static Object get(Socket socket, int option) throws SocketException {
        return switch (option) {
            case SocketOptions.SO_BINDADDR -> socket.getLocalAddress();
            case SocketOptions.SO_TIMEOUT -> socket.getSoTimeout();
            case SocketOptions.TCP_NODELAY -> socket.getTcpNoDelay();
            case SocketOptions.SO_LINGER -> {
                int seconds = socket.getSoLinger();
                yield seconds < 0 ? (Object) false : (Object) seconds;
            }
            case SocketOptions.SO_KEEPALIVE -> socket.getKeepAlive();
            case SocketOptions.SO_OOBINLINE -> socket.getOOBInline();
            case SocketOptions.SO_REUSEADDR -> socket.getReuseAddress();
            case SocketOptions.SO_SNDBUF -> socket.getSendBufferSize();
            case SocketOptions.SO_RCVBUF -> socket.getReceiveBufferSize();
            case SocketOptions.IP_TOS -> socket.getTrafficClass();
            default -> throw new SocketException("option " + option + " is not known");
        };
    }

    void setAll(Socket next) throws IOException {
        for (Setting setting : settings.values()) {
            setting.on(next);
        }
    }

    /** Whether a close sends a reset ({@code SO_LINGER} 0), which leaves no TIME_WAIT. */
    boolean resetsAtClose() {
        return lingersZero;
    }
}
