package dev.berth.client.netty;

import dev.berth.client.ConnectAttempt;
import dev.berth.client.Lease;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Binds a chosen port before its channel connects, and gives it back when the channel is closed. */
@SuppressWarnings("FutureReturnValueIgnored") // a close or cancel that fails says so at the channel
final class LocalPortHandler extends ChannelDuplexHandler {
    private final Choice choice;
    private boolean endedHere; // this side closed, or shut its output down, before the peer did
    private boolean endedThere;
    private boolean reset;

    LocalPortHandler(Choice choice) {
        this.choice = choice;
    }

    @Override
    public void connect(
            ChannelHandlerContext context,
            SocketAddress remote,
            @Nullable SocketAddress local,
            ChannelPromise promise) {
        if (local == null && remote instanceof InetSocketAddress address) {
            bindNext(context, address, promise);
        } else {
            context.connect(remote, local, promise);
        }
    }

    private void bindNext(ChannelHandlerContext context, InetSocketAddress remote, ChannelPromise promise) {
        try {
            ConnectAttempt attempt = choice.towards(remote);
            InetSocketAddress local = attempt.next();
            if (attempt.reuseAddress()) {
                context.channel().config().setOption(ChannelOption.SO_REUSEADDR, true);
            }
            if (local == null) {
                connect(context, attempt, promise);
                return;
            }
            context.bind(ofFamily(remote, local)).addListener(bound -> {
                Throwable failure = bound.cause();
                if (failure == null) {
                    connect(context, attempt, promise);
                } else {
                    notBound(context, attempt, promise, failure);
                }
            });
        } catch (IOException | RuntimeException e) {
            fail(context, promise, e);
        }
    }

    /** Native transports take 0.0.0.0 at its word; the JDK's channels do not mind. */
    private static InetSocketAddress ofFamily(InetSocketAddress remote, InetSocketAddress local)
            throws UnknownHostException {
        if (!local.getAddress().isAnyLocalAddress()) {
            return local;
        }
        int length = remote.getAddress() instanceof Inet6Address ? 16 : 4;
        return new InetSocketAddress(InetAddress.getByAddress(new byte[length]), local.getPort());
    }

    private void notBound(
            ChannelHandlerContext context, ConnectAttempt attempt, ChannelPromise promise, Throwable failure) {
        BindException bind = NettyFailures.ofAddress(failure);
        if (bind == null || promise.isDone()) {
            fail(context, promise, failure);
            return;
        }
        try {
            attempt.bindFailed(bind);
        } catch (IOException e) {
            fail(context, promise, e);
            return;
        }
        bindNext(context, attempt.remote(), promise);
    }

    private void connect(ChannelHandlerContext context, ConnectAttempt attempt, ChannelPromise promise) {
        ChannelPromise connected = context.newPromise();
        connected.addListener(done -> {
            Throwable failure = done.cause();
            if (failure == null) {
                connected(context, attempt, promise);
            } else {
                fail(context, promise, lost(attempt, failure));
            }
        });
        promise.addListener(done -> {
            if (done.isCancelled()) {
                connected.cancel(false);
            }
        });
        context.connect(attempt.remote(), connected);
    }

    /** What the caller is told. */
    private static Throwable lost(ConnectAttempt attempt, Throwable failure) {
        BindException taken = NettyFailures.ofAddress(failure);
        if (taken == null) {
            return failure;
        }
        try {
            attempt.connectFailed(taken);
            return new PortTakenException(attempt.remote(), failure);
        } catch (IOException e) {
            return e;
        }
    }

    private void connected(ChannelHandlerContext context, ConnectAttempt attempt, ChannelPromise promise) {
        Channel channel = context.channel();
        if (channel.localAddress().equals(channel.remoteAddress())) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            fail(
                    context,
                    promise,
                    new ConnectException(
                            "nobody listens at " + attempt.remote() + ": the connection had reached itself"));
            return;
        }
        Lease lease = attempt.connected(channel);
        channel.closeFuture().addListener(closed -> release(context, lease));
        if (!promise.trySuccess()) {
            channel.close();
        }
    }

    /** The channel is closed first: who is told of the failure may count on its port. */
    private void fail(ChannelHandlerContext context, ChannelPromise promise, Throwable failure) {
        context.close().addListener(closed -> {
            choice.failed(failure);
            promise.tryFailure(failure);
        });
    }

    private void release(ChannelHandlerContext context, Lease lease) {
        // Netty closes what the peer has ended, or broken, past the handlers; and what is open when its event loop ends
        boolean ofItself = !endedHere
                && !context.isRemoved()
                && !context.channel().eventLoop().isShuttingDown();
        if (endedThere || reset || ofItself) {
            lease.releaseAtOnce();
        } else {
            lease.release();
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (!endedHere && context.channel().isActive()) {
            Integer linger = context.channel().config().getOption(ChannelOption.SO_LINGER);
            reset = linger != null && linger == 0;
        }
        endedHere = true;
        context.close(promise);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            endedThere = !endedHere;
        } else if (event instanceof ChannelOutputShutdownEvent) {
            endedHere = true;
        }
        context.fireUserEventTriggered(event);
    }
}
