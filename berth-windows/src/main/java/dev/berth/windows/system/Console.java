package dev.berth.windows.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.OptionalInt;

/**
 * What is behind standard input (0), output (1) and error (2), and the window of the console this process has, as kernel32
 * tells. Constants from wincon.h, consoleapi.h and fileapi.h; learn.microsoft.com/windows/console. Thread-safe.
 */
public final class Console {
    private static final int OUTPUT = 1;
    private static final int ERROR = 2;

    private static final int STD_INPUT_HANDLE = -10; // output is -11, error -12
    private static final int ENABLE_PROCESSED_OUTPUT = 0x1;
    private static final int ENABLE_VIRTUAL_TERMINAL_PROCESSING = 0x4;
    private static final int FILE_TYPE_PIPE = 3;

    private static final StructLayout INFO = Structures.CONSOLE_SCREEN_BUFFER_INFO;

    private static final Library KERNEL32 = new Library("kernel32.dll");
    private static final FunctionDescriptor ABOUT_HANDLE = FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle GET_STD_HANDLE =
            KERNEL32.function("GetStdHandle", FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
    private static final MethodHandle GET_FILE_TYPE =
            KERNEL32.function("GetFileType", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    private static final MethodHandle GET_CONSOLE_MODE = KERNEL32.function("GetConsoleMode", ABOUT_HANDLE);
    private static final MethodHandle SET_CONSOLE_MODE =
            KERNEL32.function("SetConsoleMode", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle GET_CONSOLE_SCREEN_BUFFER_INFO =
            KERNEL32.function("GetConsoleScreenBufferInfo", ABOUT_HANDLE);

    private Console() {}

    /** Whether a console is behind it. */
    public static boolean isBehind(int descriptor) {
        try (var arena = Arena.ofConfined()) {
            return ask(GET_CONSOLE_MODE, descriptor, arena.allocate(JAVA_INT));
        }
    }

    /**
     * Whether a console is behind it that obeys escape sequences, as consoles do from Windows 10 version 1511 on. Where a console can
     * and does not yet, it is asked to; that lasts until another program asks for something else.
     */
    public static boolean obeysEscapes(int descriptor) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment mode = arena.allocate(JAVA_INT);
            if (!ask(GET_CONSOLE_MODE, descriptor, mode)) {
                return false;
            }
            int is = mode.get(JAVA_INT, 0);
            int wanted = is | ENABLE_PROCESSED_OUTPUT | ENABLE_VIRTUAL_TERMINAL_PROCESSING;
            return is == wanted || (int) SET_CONSOLE_MODE.invokeExact(handle(descriptor), wanted) != 0;
        } catch (Throwable e) {
            throw Library.unlinked(e);
        }
    }

    public static boolean isPipe(int descriptor) {
        try {
            return (int) GET_FILE_TYPE.invokeExact(handle(descriptor)) == FILE_TYPE_PIPE;
        } catch (Throwable e) {
            throw Library.unlinked(e);
        }
    }

    /** How many columns the window shows. */
    public static OptionalInt columns() {
        return extent("srWindow.Left", "srWindow.Right");
    }

    /** How many rows it shows. */
    public static OptionalInt rows() {
        return extent("srWindow.Top", "srWindow.Bottom");
    }

    private static OptionalInt extent(String first, String last) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(INFO);
            boolean told = ask(GET_CONSOLE_SCREEN_BUFFER_INFO, OUTPUT, info)
                    || ask(GET_CONSOLE_SCREEN_BUFFER_INFO, ERROR, info);
            int extent = info.get(JAVA_SHORT, Structures.offset(INFO, last))
                    - info.get(JAVA_SHORT, Structures.offset(INFO, first))
                    + 1;
            return told && extent > 0 ? OptionalInt.of(extent) : OptionalInt.empty();
        }
    }

    private static boolean ask(MethodHandle function, int descriptor, MemorySegment into) {
        try {
            return (int) function.invokeExact(handle(descriptor), into) != 0;
        } catch (Throwable e) {
            throw Library.unlinked(e);
        }
    }

    private static long handle(int descriptor) throws Throwable {
        return (long) GET_STD_HANDLE.invokeExact(STD_INPUT_HANDLE - descriptor);
    }
}
