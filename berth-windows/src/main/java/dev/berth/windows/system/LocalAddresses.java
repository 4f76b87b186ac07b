package dev.berth.windows.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.berth.net.IpAddress;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
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

    private static final class Adapter {
        static final StructLayout LAYOUT = Structures.IP_ADAPTER_ADDRESSES_LH;
        static final long NEXT = Structures.offset(LAYOUT, "Next");
        static final long FIRST_UNICAST_ADDRESS = Structures.offset(LAYOUT, "FirstUnicastAddress");
    }

    private static final class Unicast {
        static final StructLayout LAYOUT = Structures.IP_ADAPTER_UNICAST_ADDRESS_LH;
        static final long NEXT = Structures.offset(LAYOUT, "Next");
        static final long SOCKADDR = Structures.offset(LAYOUT, "lpSockaddr");
        static final long SOCKADDR_LENGTH = Structures.offset(LAYOUT, "iSockaddrLength");
    }

    private static final class SocketAddress {
        static final long V4_ADDRESS = Structures.offset(Structures.SOCKADDR_IN, "sin_addr");
        static final long V4_SIZE = Structures.SOCKADDR_IN.byteSize();
        static final long V6_ADDRESS = Structures.offset(Structures.SOCKADDR_IN6, "sin6_addr");
        static final long V6_SIZE = Structures.SOCKADDR_IN6.byteSize();
    }

    private LocalAddresses() {}

    static Set<IpAddress> all() throws WindowsErrorException {
        return Library.calling(arena -> {
            var all = new HashSet<IpAddress>();
            MemorySegment adapter = Iphlpapi.getAdaptersAddresses(arena);
            while (adapter.address() != 0) {
                MemorySegment whole = adapter.reinterpret(Adapter.LAYOUT.byteSize());
                MemorySegment address = whole.get(ADDRESS, Adapter.FIRST_UNICAST_ADDRESS);
                while (address.address() != 0) {
                    MemorySegment one = address.reinterpret(Unicast.LAYOUT.byteSize());
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

    private static IpAddress address(MemorySegment socketAddress, long at, int size) {
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
