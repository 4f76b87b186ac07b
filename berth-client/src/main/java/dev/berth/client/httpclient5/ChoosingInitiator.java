package dev.berth.client.httpclient5;

import dev.berth.client.ConnectAttempt;
import dev.berth.client.LocalPorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import org.apache.hc.core5.concurrent.ComplexFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Gives each connection that a reactor is asked for a chosen port. A lost race becomes another request to the reactor. */
final class ChoosingInitiator implements ConnectionInitiator {
    private final LocalPorts ports;
    private final ConnectionInitiator reactor;

    ChoosingInitiator(LocalPorts ports, ConnectionInitiator reactor) {
        this.ports = ports;
        this.reactor = reactor;
    }

    @Override
    public Future<IOSession> connect(
            NamedEndpoint name,
            SocketAddress remote,
            @Nullable SocketAddress local,
            @Nullable Timeout timeout,
            @Nullable Object attachment,
            FutureCallback<IOSession> callback) {
        if (local != null
                || !(remote instanceof InetSocketAddress)) { // the caller chose, or there is no port to choose
            return reactor.connect(name, remote, local, timeout, attachment, callback);
        }
        var future = new ComplexFuture<>(callback);
        try {
            new Connecting(
                            ports.attempt(remote).watched(), // a reactor that is closed forgets whom it was to call
                            (chosen, next) -> reactor.connect(name, remote, chosen, timeout, attachment, next),
                            future)
                    .tryNext();
        } catch (IOException e) {
            future.failed(e);
        }
        return future;
    }

    /** One connection in the making. Of the reactor's answers each ends the last request or leads to the next. */
    private static final class Connecting implements FutureCallback<IOSession> {
        private final ConnectAttempt attempt;
        private final BiFunction<@Nullable InetSocketAddress, FutureCallback<IOSession>, Future<IOSession>> request;
        private final ComplexFuture<IOSession> future;
        private @Nullable InetSocketAddress local;

        Connecting(
                ConnectAttempt attempt,
                BiFunction<@Nullable InetSocketAddress, FutureCallback<IOSession>, Future<IOSession>> request,
                ComplexFuture<IOSession> future) {
            this.attempt = attempt;
            this.request = request;
            this.future = future;
        }

        void tryNext() {
            try {
                local = attempt.next();
                future.setDependency(request.apply(local, this));
            } catch (IOException | RuntimeException e) {
                end(e);
            }
        }

        private void end(Exception reason) {
            attempt.close();
            future.failed(reason);
        }

        @Override
        public void completed(IOSession session) {
            try (attempt) {
                attempt.connected(session); // a channel: asked now and then whether it is open
            } catch (RuntimeException e) { // of somebody's metrics
                future.failed(e);
            }
            if (!future.completed(session)) {
                session.close(CloseMode.IMMEDIATE);
            }
        }

        @Override
        public void failed(Exception reason) {
            if (!(reason instanceof IOException refusal)) {
                end(reason);
                return;
            }
            try {
                refused(refusal);
            } catch (IOException | RuntimeException last) {
                end(last);
                return;
            }
            tryNext();
        }

        /** The reactor does not say whether it was bind or connect; where an address was bound, only bind can miss it. */
        private void refused(IOException refusal) throws IOException {
            if (local != null && !local.getAddress().isAnyLocalAddress()) {
                attempt.bindFailed(refusal);
            } else {
                attempt.connectFailed(refusal);
            }
        }

        @Override
        public void cancelled() {
            attempt.close();
            future.cancel(true);
        }
    }
}
