package dev.berth.windows.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/** {@code SetTcpEntry}, iphlpapi.h: changes the state of one IPv4 connection. */
final class TcpEntry {
    private static final MethodHandle SET_TCP_ENTRY =
            new Library("iphlpapi.dll").function("SetTcpEntry", FunctionDescriptor.of(JAVA_INT, ADDRESS));

    private TcpEntry() {}

    /** @param row a MIB_TCPROW, tcpmib.h: 20 bytes */
    static void set(byte[] row) throws WindowsErrorException {
        int error = Library.calling(arena -> (int) SET_TCP_ENTRY.invokeExact(arena.allocateFrom(JAVA_BYTE, row)));
        if (error != 0) {
            throw new WindowsErrorException("SetTcpEntry", error);
        }
    }
}
