package dev.berth.client.netty;

import dev.berth.net.PortRange;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * What Linux does about local ports by itself, when asked by socket options: Netty's epoll transport can set them, Java
 * cannot. Both leave the choice to the kernel, which shares a port over all destinations, and takes it from no other
 * program; from about half full on it searches longer than {@link NettyLocalPorts} does.
 *
 * <p>For bootstraps whose channel is {@code EpollSocketChannel}; others warn in the log of an unknown option. So does
 * Netty where the kernel does not know it, and connects without.
 */
public final class EpollPorts {
    /**
     * {@code IP_LOCAL_PORT_RANGE} (linux/in.h; ip(7)), Linux 6.3 and 6.1.32: the lower bound in the low 16 bits, the upper
     * one in the high 16.
     */
    static final ChannelOption<Integer> IP_LOCAL_PORT_RANGE =
            new IntegerUnixChannelOption("IP_LOCAL_PORT_RANGE", 0, 51);

    private EpollPorts() {}

    /**
     * Connects from this address, with a port that the kernel chooses at connect ({@code IP_BIND_ADDRESS_NO_PORT}, Linux
     * 4.2). Without the option the address is bound with a port that no other destination can use.
     *
     * @return {@code bootstrap}
     */
    public static Bootstrap fromAddress(Bootstrap bootstrap, InetAddress source) {
        return bootstrap
                .option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true)
                .localAddress(new InetSocketAddress(source, 0));
    }

    /**
     * Connects from ports of this range, less reserved ones. It narrows {@code ip_local_port_range} and does not widen it:
     * a bound outside of that is ignored without a word.
     *
     * @return {@code bootstrap}
     */
    public static Bootstrap within(Bootstrap bootstrap, PortRange range) {
        return bootstrap.option(IP_LOCAL_PORT_RANGE, range.last() << 16 | range.first());
    }
}
