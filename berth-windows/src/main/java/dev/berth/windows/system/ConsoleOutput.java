package dev.berth.windows.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * What is behind standard input (0), output (1) and error (2), as kernel32 tells. Constants from consoleapi.h and fileapi.h;
 * learn.microsoft.com/windows/console/console-virtual-terminal-sequences.
 */
public final class ConsoleOutput {
    private static final int STD_INPUT_HANDLE = -10; // output is -11, error -12
    private static final int ENABLE_PROCESSED_OUTPUT = 0x1;
    private static final int ENABLE_VIRTUAL_TERMINAL_PROCESSING = 0x4;
    private static final int FILE_TYPE_PIPE = 3;

    private static final Library KERNEL32 = new Library("kernel32.dll");
    private static final MethodHandle GET_STD_HANDLE =
            KERNEL32.function("GetStdHandle", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    private static final MethodHandle GET_FILE_TYPE =
            KERNEL32.function("GetFileType", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle GET_CONSOLE_MODE =
            KERNEL32.function("GetConsoleMode", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle SET_CONSOLE_MODE =
            KERNEL32.function("SetConsoleMode", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));

    private ConsoleOutput() {}

    /**
     * Whether a console is behind it that obeys escape sequences, as consoles do from Windows 10 version 1511 on. Where a console can
     * and does not yet, it is asked to; that lasts until another program asks for something else.
     */
    public static boolean obeysEscapes(int descriptor) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment handle = handle(descriptor);
            MemorySegment mode = arena.allocate(JAVA_INT);
            if ((int) GET_CONSOLE_MODE.invokeExact(handle, mode) == 0) {
                return false;
            }
            int is = mode.get(JAVA_INT, 0);
            int wanted = is | ENABLE_PROCESSED_OUTPUT | ENABLE_VIRTUAL_TERMINAL_PROCESSING;
            return is == wanted || (int) SET_CONSOLE_MODE.invokeExact(handle, wanted) != 0;
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

    private static MemorySegment handle(int descriptor) throws Throwable {
        return (MemorySegment) GET_STD_HANDLE.invokeExact(STD_INPUT_HANDLE - descriptor);
    }
}
