package dev.berth.client.netty;

import java.net.BindException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Netty makes of EADDRINUSE at bind and EADDRNOTAVAIL at connect. NIO: the JDK's {@link BindException}, in a {@code
 * SocketException} that names the destination if it comes from connect. Epoll, and io_uring: exceptions of their own with the
 * number in their text (class {@code Errors} of netty-transport-native-unix-common).
 */
final class NettyFailures {
    private static final Pattern NATIVE =
            Pattern.compile("failed with error\\(-(98|99)\\)"); // the same on all processors Netty is built for

    private NettyFailures() {}

    /** As the JDK would have said it, or null if it is about something else. */
    static @Nullable BindException ofAddress(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException bind) {
                return bind;
            }
            String text = String.format(Locale.ROOT, "%s", cause.getMessage());
            if (NATIVE.matcher(text).find()) {
                var bind = new BindException(text);
                bind.initCause(cause);
                return bind;
            }
        }
        return null;
    }
}
