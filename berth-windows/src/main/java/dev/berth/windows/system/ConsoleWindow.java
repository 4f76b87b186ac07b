package dev.berth.windows.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.OptionalInt;

/** The window of the console this process has, wincon.h. Thread-safe. */
public final class ConsoleWindow {
    private static final int STD_INPUT_HANDLE = -10; // output and error follow downwards
    private static final int STD_OUTPUT_HANDLE = -11;
    private static final int STD_ERROR_HANDLE = -12;

    /** CONSOLE_SCREEN_BUFFER_INFO; its window is a SMALL_RECT, both ends of which belong to it. */
    private static final int INFO_SIZE = 22;

    private static final int LEFT = 10;
    private static final int TOP = 12;
    private static final int RIGHT = 14;
    private static final int BOTTOM = 16;

    private static final Library LIBRARY = new Library("kernel32.dll");
    private static final FunctionDescriptor ABOUT_HANDLE = FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle GET_STD_HANDLE =
            LIBRARY.function("GetStdHandle", FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
    private static final MethodHandle GET_CONSOLE_MODE = LIBRARY.function("GetConsoleMode", ABOUT_HANDLE);
    private static final MethodHandle GET_CONSOLE_SCREEN_BUFFER_INFO =
            LIBRARY.function("GetConsoleScreenBufferInfo", ABOUT_HANDLE);

    private ConsoleWindow() {}

    /** Whether it is behind standard input (0), output (1) or error (2). */
    public static boolean isBehind(int descriptor) {
        try (var arena = Arena.ofConfined()) {
            return ask(GET_CONSOLE_MODE, STD_INPUT_HANDLE - descriptor, arena.allocate(JAVA_INT));
        }
    }

    /** How many columns it shows. */
    public static OptionalInt columns() {
        return extent(LEFT, RIGHT);
    }

    /** How many rows it shows. */
    public static OptionalInt rows() {
        return extent(TOP, BOTTOM);
    }

    private static OptionalInt extent(int first, int last) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(INFO_SIZE, Integer.BYTES);
            boolean told = ask(GET_CONSOLE_SCREEN_BUFFER_INFO, STD_OUTPUT_HANDLE, info)
                    || ask(GET_CONSOLE_SCREEN_BUFFER_INFO, STD_ERROR_HANDLE, info);
            int extent = info.get(JAVA_SHORT, last) - info.get(JAVA_SHORT, first) + 1;
            return told && extent > 0 ? OptionalInt.of(extent) : OptionalInt.empty();
        }
    }

    private static boolean ask(MethodHandle function, int standard, MemorySegment into) {
        try {
            long handle = (long) GET_STD_HANDLE.invokeExact(standard);
            return (int) function.invokeExact(handle, into) != 0;
        } catch (Throwable e) {
            throw Library.unlinked(e);
        }
    }
}
