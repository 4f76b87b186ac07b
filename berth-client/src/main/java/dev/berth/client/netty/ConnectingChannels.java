package dev.berth.client.netty;

import dev.berth.client.LocalPorts;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** One connection in the making: a channel, and another one as long as the local port of the last turns out to be taken. */
final class ConnectingChannels {
    private final Bootstrap bootstrap;
    private final SocketAddress remote;
    private final Choice choice;
    private final Promise<Channel> result;
    private volatile @Nullable ChannelFuture current;

    ConnectingChannels(Bootstrap bootstrap, SocketAddress remote, LocalPorts ports) {
        this.remote = remote;
        this.choice = new Choice(ports, true);
        this.result = bootstrap.config().group().next().newPromise();
        ChannelHandler handler = bootstrap.config().handler();
        this.bootstrap = bootstrap.clone().handler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(handler)
                        .addFirst(new LocalPortHandler(choice)); // before what handler adds first
            }
        });
    }

    Future<Channel> connect() {
        result.addListener(done -> {
            if (done.isCancelled()) {
                cancelCurrent();
            }
        });
        connectNext();
        return result;
    }

    private void connectNext() {
        ChannelFuture connecting = bootstrap.connect(remote);
        current = connecting;
        if (result.isCancelled()) {
            cancelCurrent();
        }
        connecting.addListener(done -> {
            Throwable failure = done.cause();
            if (failure instanceof PortTakenException && !result.isDone()) {
                connectNext();
            } else if (failure != null) {
                choice.close();
                result.tryFailure(failure);
            } else if (!result.trySuccess(connecting.channel())) {
                connecting.addListener(ChannelFutureListener.CLOSE);
            }
        });
    }

    private void cancelCurrent() {
        ChannelFuture connecting = current;
        if (connecting != null) {
            connecting.cancel(false);
        }
    }
}
