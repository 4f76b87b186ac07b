package dev.berth.windows.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.berth.net.Protocol;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** IP Helper, iphlpapi.h: the tables of sockets and the list of adapters, whole and not decoded. Thread-safe. */
final class Iphlpapi {
    private static final Library LIBRARY = new Library("iphlpapi.dll");
    private static final FunctionDescriptor TABLE =
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final String TCP_NAME = "GetExtendedTcpTable";
    private static final String UDP_NAME = "GetExtendedUdpTable";
    private static final MethodHandle TCP = LIBRARY.function(TCP_NAME, TABLE);
    private static final MethodHandle UDP = LIBRARY.function(UDP_NAME, TABLE);

    /**
     * Undocumented. System Informer uses them on Windows 10 1809 and later; what they take before that nobody says, so nobody is
     * asked. They allocate the table from the heap they are given.
     */
    private static final FunctionDescriptor BOUND = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);

    private static final int WINDOWS_10_1809 = 17_763;
    private static final String BOUND_V4_NAME = "InternalGetBoundTcpEndpointTable";
    private static final String BOUND_V6_NAME = "InternalGetBoundTcp6EndpointTable";
    private static final @Nullable MethodHandle BOUND_V4 = LIBRARY.find(BOUND_V4_NAME, BOUND);
    private static final @Nullable MethodHandle BOUND_V6 = LIBRARY.find(BOUND_V6_NAME, BOUND);

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 23;

    /** TCP_TABLE_CLASS and UDP_TABLE_CLASS, iprtrmib.h. */
    private static final int TCP_TABLE_OWNER_PID_ALL = 5;

    private static final int TCP_TABLE_OWNER_MODULE_ALL = 8;
    private static final int UDP_TABLE_OWNER_PID = 1;
    private static final int UDP_TABLE_OWNER_MODULE = 2;

    private static final String ADAPTERS_NAME = "GetAdaptersAddresses";
    private static final MethodHandle ADAPTERS = LIBRARY.function(
            ADAPTERS_NAME, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
    private static final int AF_UNSPEC = 0;
    private static final int ONLY_UNICAST = 2 | 4 | 8; // GAA_FLAG_SKIP_ANYCAST, _MULTICAST, _DNS_SERVER
    private static final int ERROR_BUFFER_OVERFLOW = 111;
    private static final int ERROR_NO_DATA = 232;

    private static final int FIRST_GUESS = 64 * 1024;
    private static final int MOST_TRIES = 10;

    private Iphlpapi() {}

    /** A table; null where this Windows has no function that tells it. */
    static byte @Nullable [] table(SocketTable table) throws WindowsErrorException {
        if (table.bound()) {
            return table.v6() ? bound(BOUND_V6_NAME, BOUND_V6) : bound(BOUND_V4_NAME, BOUND_V4);
        }
        int family = table.v6() ? AF_INET6 : AF_INET;
        boolean module = table.rows() == SocketTable.Rows.OWNER_MODULE;
        return table.protocol() == Protocol.TCP
                ? extended(TCP_NAME, TCP, family, module ? TCP_TABLE_OWNER_MODULE_ALL : TCP_TABLE_OWNER_PID_ALL)
                : extended(UDP_NAME, UDP, family, module ? UDP_TABLE_OWNER_MODULE : UDP_TABLE_OWNER_PID);
    }

    /** The table may grow between two calls, so each failure asks for more than was said to be needed. */
    private static byte[] extended(String name, MethodHandle function, int family, int rows)
            throws WindowsErrorException {
        return Library.calling(arena -> {
            MemorySegment size = arena.allocateFrom(JAVA_INT, FIRST_GUESS);
            for (int tries = 1; ; tries++) {
                int room = size.get(JAVA_INT, 0);
                MemorySegment into = arena.allocate(room, Long.BYTES);
                int error = (int) function.invokeExact(into, size, 0, family, rows, 0);
                int said = size.get(JAVA_INT, 0);
                if (error == 0) {
                    return into.asSlice(0, Math.clamp(said, 0, room)).toArray(JAVA_BYTE);
                }
                if (error != WindowsErrorException.INSUFFICIENT_BUFFER || tries == MOST_TRIES) {
                    throw new WindowsErrorException(name, error);
                }
                size.set(JAVA_INT, 0, Math.max(room, Math.addExact(said, said / 8)));
            }
        });
    }

    /** The first IP_ADAPTER_ADDRESSES of the list, in memory of {@code arena}; NULL when there is none. */
    static MemorySegment getAdaptersAddresses(Arena arena) throws WindowsErrorException {
        return Library.calling(_ -> {
            MemorySegment size = arena.allocateFrom(JAVA_INT, FIRST_GUESS);
            for (int tries = 1; ; tries++) {
                MemorySegment into = arena.allocate(size.get(JAVA_INT, 0), Long.BYTES);
                int error = (int) ADAPTERS.invokeExact(AF_UNSPEC, ONLY_UNICAST, MemorySegment.NULL, into, size);
                if (error == 0 || error == ERROR_NO_DATA) {
                    return error == 0 ? into : MemorySegment.NULL;
                }
                if (error != ERROR_BUFFER_OVERFLOW || tries == MOST_TRIES) {
                    throw new WindowsErrorException(ADAPTERS_NAME, error);
                }
            }
        });
    }

    private static byte @Nullable [] bound(String name, @Nullable MethodHandle function) throws WindowsErrorException {
        if (function == null || !Ntdll.version().isFromBuild(WINDOWS_10_1809)) {
            return null;
        }
        return Library.calling(arena -> {
            MemorySegment heap = Kernel32.processHeap();
            MemorySegment table = arena.allocate(ADDRESS);
            int error = (int) function.invokeExact(table, heap, 0);
            if (error != 0) {
                throw new WindowsErrorException(name, error);
            }
            MemorySegment memory = table.get(ADDRESS, 0);
            if (memory.address() == 0) {
                return new byte[Integer.BYTES]; // no rows
            }
            try {
                return memory.reinterpret(Kernel32.heapSize(heap, memory)).toArray(JAVA_BYTE);
            } finally {
                Kernel32.heapFree(heap, memory);
            }
        });
    }
}
