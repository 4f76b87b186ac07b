package dev.berth.client.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.concurrent.CountDownLatch;

/** Says when the peer has ended its half. */
final class InputEnd extends ChannelInboundHandlerAdapter {
    private final CountDownLatch ended;

    InputEnd(CountDownLatch ended) {
        this.ended = ended;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ended.countDown();
        }
    }
}
