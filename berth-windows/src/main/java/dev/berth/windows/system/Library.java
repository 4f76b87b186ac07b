package dev.berth.windows.system;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A library of Windows. Its functions are linked once, when they are first needed; strings are UTF-16, as in functions that end in W. */
final class Library {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final String LAST_ERROR = "GetLastError";
    private static final String SOCKET_ERROR = "WSAGetLastError";

    private final SymbolLookup symbols;

    /** @param name such as {@code iphlpapi.dll}, of the system folder */
    Library(String name) {
        symbols = SymbolLookup.libraryLookup(name, Arena.global());
    }

    /** A function that returns its error; null where this library has no such function. */
    @Nullable
    MethodHandle find(String function, FunctionDescriptor descriptor) {
        return symbols.find(function)
                .map(address -> LINKER.downcallHandle(address, descriptor))
                .orElse(null);
    }

    /** The same of a function that every Windows has. */
    MethodHandle function(String function, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(symbols.findOrThrow(function), descriptor);
    }

    /** A function that leaves its error behind: its handle takes a {@link LastError#segment} first. */
    MethodHandle functionWithLastError(String function, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(
                symbols.findOrThrow(function), descriptor, Linker.Option.captureCallState(LAST_ERROR));
    }

    /** The same of a function of Winsock, which keeps its error apart. */
    MethodHandle functionWithSocketError(String function, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(
                symbols.findOrThrow(function), descriptor, Linker.Option.captureCallState(SOCKET_ERROR));
    }

    /** What the last call of a function left behind, caught before the virtual machine could change it. */
    static final class LastError {
        private static final StructLayout LAYOUT = Linker.Option.captureStateLayout();
        private static final VarHandle NUMBER = LAYOUT.varHandle(StructLayout.PathElement.groupElement(LAST_ERROR));

        private static final VarHandle SOCKET_NUMBER =
                LAYOUT.varHandle(StructLayout.PathElement.groupElement(SOCKET_ERROR));

        private final MemorySegment segment;

        LastError(Arena arena) {
            segment = arena.allocate(LAYOUT);
        }

        MemorySegment segment() {
            return segment;
        }

        int number() {
            return (int) NUMBER.get(segment, 0L);
        }

        /** Of a function of Winsock. */
        int socketNumber() {
            return (int) SOCKET_NUMBER.get(segment, 0L);
        }

        /** The failure of {@code call}. */
        WindowsErrorException of(String call) {
            return new WindowsErrorException(call, number());
        }
    }

    /** Calls of functions, and what comes of them. */
    interface Calls<T> {
        T make(Arena arena) throws Throwable;
    }

    /** Makes calls, with memory that is theirs until they are made. */
    static <T> T calling(Calls<T> calls) throws WindowsErrorException {
        try (var arena = Arena.ofConfined()) {
            return calls.make(arena);
        } catch (WindowsErrorException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw unlinked(e);
        }
    }

    /** A string as functions that end in W take it. */
    static MemorySegment wide(Arena arena, String text) {
        return arena.allocateFrom(text, StandardCharsets.UTF_16LE);
    }

    /** The string that starts there and ends at its NUL. */
    static String text(MemorySegment segment, long offset) {
        return segment.getString(offset, StandardCharsets.UTF_16LE);
    }

    /** A call that could not be made at all: the link is wrong, which is Berth's mistake. */
    static AssertionError unlinked(Throwable e) {
        return new AssertionError("a function of Windows was linked wrongly", e);
    }
}
