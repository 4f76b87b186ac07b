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

    /** What the last call of a function left behind, caught before the virtual machine could change it. */
    static final class LastError {
        private static final StructLayout LAYOUT = Linker.Option.captureStateLayout();
        private static final VarHandle NUMBER = LAYOUT.varHandle(StructLayout.PathElement.groupElement(LAST_ERROR));

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
    }

    /** A string as functions that end in W take it. */
    static MemorySegment wide(Arena arena, String text) {
        return arena.allocateFrom(text, StandardCharsets.UTF_16LE);
    }

    /** A call that could not be made at all: the link is wrong, which is Berth's mistake. */
    static AssertionError unlinked(Throwable e) {
        return new AssertionError("a function of Windows was linked wrongly", e);
    }
}
