package dev.berth.windows.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.berth.net.IpAddress;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The addresses of this machine: GetAdaptersAddresses of IP Helper, iphlpapi.h. Not Java's NetworkInterface, which asks for
 * more and brings the virtual machine down where a function is missing (Wine 8.0).
 */
final class LocalAddresses {
    private static final int ANY_PORT = 9; // to which nothing is sent
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 23;

    /** IP_ADAPTER_ADDRESSES_LH, iptypes.h, where pointers have 8 bytes. */
    private static final class Adapter {
        static final int SIZE = 32; // as far as needed
        static final int NEXT = 8;
        static final int FIRST_UNICAST_ADDRESS = 24;
    }

    /** IP_ADAPTER_UNICAST_ADDRESS_LH, iptypes.h. */
    private static final class Unicast {
        static final int SIZE = 28; // as far as needed
        static final int NEXT = 8;
        static final int SOCKADDR = 16;
        static final int SOCKADDR_LENGTH = 24;
    }

    /** {@code sockaddr_in} and {@code sockaddr_in6}, ws2def.h and ws2ipdef.h. */
    private static final class SocketAddress {
        static final int V4_ADDRESS = 4;
        static final int V4_SIZE = 16;
        static final int V6_ADDRESS = 8;
        static final int V6_SIZE = 28;
    }

    private LocalAddresses() {}

    static Set<IpAddress> all() throws WindowsErrorException {
        return Library.calling(arena -> {
            var all = new HashSet<IpAddress>();
            MemorySegment adapter = Iphlpapi.getAdaptersAddresses(arena);
            while (adapter.address() != 0) {
                MemorySegment whole = adapter.reinterpret(Adapter.SIZE);
                MemorySegment address = whole.get(ADDRESS, Adapter.FIRST_UNICAST_ADDRESS);
                while (address.address() != 0) {
                    MemorySegment one = address.reinterpret(Unicast.SIZE);
                    int length = one.get(JAVA_INT, Unicast.SOCKADDR_LENGTH);
                    decode(one.get(ADDRESS, Unicast.SOCKADDR).reinterpret(length))
                            .ifPresent(all::add);
                    address = one.get(ADDRESS, Unicast.NEXT);
                }
                adapter = whole.get(ADDRESS, Adapter.NEXT);
            }
            return all;
        });
    }

    private static Optional<IpAddress> decode(MemorySegment socketAddress) {
        long length = socketAddress.byteSize();
        int family = length < 2 ? 0 : socketAddress.get(JAVA_SHORT, 0);
        return family == AF_INET && length >= SocketAddress.V4_SIZE
                ? Optional.of(address(socketAddress, SocketAddress.V4_ADDRESS, 4))
                : family == AF_INET6 && length >= SocketAddress.V6_SIZE
                        ? Optional.of(address(socketAddress, SocketAddress.V6_ADDRESS, 16))
                        : Optional.empty();
    }

    private static IpAddress address(MemorySegment socketAddress, int at, int size) {
        return IpAddress.of(socketAddress.asSlice(at, size).toArray(JAVA_BYTE));
    }

    /** Where a connection to {@code destination} would come from: connecting UDP asks the routes and sends nothing. */
    static Optional<IpAddress> towards(IpAddress destination) {
        try (var channel = DatagramChannel.open()) {
            channel.connect(new InetSocketAddress(InetAddress.getByAddress(destination.toBytes()), ANY_PORT));
            InetAddress local = ((InetSocketAddress) channel.getLocalAddress()).getAddress();
            return Optional.of(IpAddress.of(local.getAddress()));
        } catch (IOException | UnsupportedOperationException noRoute) {
            return Optional.empty();
        }
    }
}
