package dev.berth.client.netty;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.linux.PrivateNamespace;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Netty in a network namespace of its own: its event loops are started from there, and so live there. */
final class NettyNamespace implements AutoCloseable {
    enum Transport {
        NIO {
            @Override
            IoHandlerFactory handlers() {
                return NioIoHandler.newFactory();
            }

            @Override
            Class<? extends SocketChannel> channel() {
                return NioSocketChannel.class;
            }
        },
        EPOLL {
            @Override
            IoHandlerFactory handlers() {
                return EpollIoHandler.newFactory();
            }

            @Override
            Class<? extends SocketChannel> channel() {
                return EpollSocketChannel.class;
            }
        };

        abstract IoHandlerFactory handlers();

        abstract Class<? extends SocketChannel> channel();
    }

    private final PrivateNamespace namespace;
    private final EventLoopGroup group;
    private final Transport transport;

    private NettyNamespace(PrivateNamespace namespace, Transport transport) {
        this.namespace = namespace;
        this.transport = transport;
        this.group = anotherGroup();
    }

    static NettyNamespace open(Transport transport) throws Exception {
        if (transport == Transport.EPOLL && System.getenv("CI") == null) { // there it fails
            assumeTrue(Epoll.isAvailable(), () -> "no native epoll for this processor: " + Epoll.unavailabilityCause());
        }
        var opened = new NettyNamespace(PrivateNamespace.open(), transport);
        opened.call(() -> opened.group.submit(() -> {}).sync()); // starts its thread there
        return opened;
    }

    /** To be shut down by the caller. */
    EventLoopGroup anotherGroup() {
        return new MultiThreadIoEventLoopGroup(1, transport.handlers());
    }

    <T> T call(Callable<T> body) throws Exception {
        return namespace.call(body);
    }

    void set(String key, String value) throws Exception {
        namespace.set(key, value);
    }

    /** A network from where nothing ever answers: 10.99.0.0/24, this end is 10.99.0.1. */
    void addSilentNetwork() throws Exception {
        call(() -> {
            run("ip", "address", "add", "10.99.0.1/32", "dev", "lo");
            run("ip", "route", "add", "10.99.0.0/24", "dev", "lo", "src", "10.99.0.1"); // not ours, so lo drops it
            return null;
        });
    }

    private static void run(String... command) throws Exception {
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + status);
        }
    }

    /** What channels of it receive can be had by {@link #ask}. */
    Bootstrap bootstrap() {
        return new Bootstrap().group(group).channel(transport.channel()).handler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new Received());
            }
        });
    }

    /** The body of the answer to GET {@code path}, which is short. */
    static String ask(Channel channel, String path) throws Exception {
        BlockingQueue<String> received = channel.pipeline().get(Received.class).parts; // gone when it is closed
        String request = "GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n";
        channel.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII))
                .sync();
        var answer = new StringBuilder();
        while (true) {
            String part = received.poll(10, TimeUnit.SECONDS);
            if (part == null) {
                throw new IllegalStateException("no end after: " + answer);
            }
            answer.append(part);
            int head = answer.indexOf("\r\n\r\n");
            int length = answer.indexOf("Content-Length: ");
            if (head >= 0 && length >= 0) {
                int end = answer.indexOf("\r\n", length);
                int size = Integer.parseInt(answer.substring(length + "Content-Length: ".length(), end));
                if (answer.length() >= head + 4 + size) {
                    return answer.substring(head + 4);
                }
            }
        }
    }

    private static final class Received extends ChannelInboundHandlerAdapter {
        private final BlockingQueue<String> parts = new LinkedBlockingQueue<>();

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var bytes = (ByteBuf) message;
            parts.add(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // reset, when a test ends its server; the transport closes it
        }
    }

    @Override
    public void close() throws IOException {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        namespace.close();
    }
}
