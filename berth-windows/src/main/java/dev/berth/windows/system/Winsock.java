package dev.berth.windows.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Sockets of Winsock itself, winsock2.h: Java's own hide why a bind failed. Errors are those of WSAGetLastError. Thread-safe. */
final class Winsock {
    private static final int VERSION_2_2 = 0x0202;
    private static final int WSADATA_SIZE = 512; // more than enough
    private static final int WSA_FLAG_NO_HANDLE_INHERIT = 0x80; // a program started meanwhile would keep the port
    private static final long INVALID_SOCKET = -1;

    private static final Library LIBRARY = new Library("ws2_32.dll");
    private static final MethodHandle WSA_STARTUP =
            LIBRARY.function("WSAStartup", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle WSA_SOCKET = LIBRARY.functionWithSocketError(
            "WSASocketW", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle SETSOCKOPT = LIBRARY.functionWithSocketError(
            "setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle BIND =
            LIBRARY.functionWithSocketError("bind", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, JAVA_INT));
    private static final MethodHandle CLOSESOCKET =
            LIBRARY.function("closesocket", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));

    private Winsock() {}

    /** To be called before any other; more often does no harm. */
    static void startup() throws WindowsErrorException {
        int error = Library.calling(
                arena -> (int) WSA_STARTUP.invokeExact(VERSION_2_2, arena.allocate(WSADATA_SIZE, Long.BYTES)));
        if (error != 0) {
            throw new WindowsErrorException("WSAStartup", error);
        }
    }

    static long socket(int family, int type, int protocol) throws WindowsErrorException {
        return Library.calling(arena -> {
            var error = new Library.LastError(arena);
            long socket = (long) WSA_SOCKET.invokeExact(
                    error.segment(), family, type, protocol, MemorySegment.NULL, 0, WSA_FLAG_NO_HANDLE_INHERIT);
            if (socket == INVALID_SOCKET) {
                throw new WindowsErrorException("WSASocketW", error.socketNumber());
            }
            return socket;
        });
    }

    /** Of an option that is an int. */
    static void setsockopt(long socket, int level, int option, int value) throws WindowsErrorException {
        Library.<Object>calling(arena -> {
            var error = new Library.LastError(arena);
            MemorySegment holder = arena.allocateFrom(JAVA_INT, value);
            int failed = (int) SETSOCKOPT.invokeExact(error.segment(), socket, level, option, holder, Integer.BYTES);
            return successful("setsockopt", failed, error);
        });
    }

    static void bind(long socket, byte[] address) throws WindowsErrorException {
        Library.<Object>calling(arena -> {
            var error = new Library.LastError(arena);
            MemorySegment name = arena.allocate(address.length, Long.BYTES);
            MemorySegment.copy(MemorySegment.ofArray(address), 0, name, 0, address.length);
            int failed = (int) BIND.invokeExact(error.segment(), socket, name, address.length);
            return successful("bind", failed, error);
        });
    }

    static void close(long socket) {
        try {
            int _ = (int) CLOSESOCKET.invokeExact(socket);
        } catch (Throwable e) {
            throw Library.unlinked(e);
        }
    }

    private static Object successful(String call, int failed, Library.LastError error) throws WindowsErrorException {
        if (failed != 0) {
            throw new WindowsErrorException(call, error.socketNumber());
        }
        return call;
    }
}
