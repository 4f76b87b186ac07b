package dev.berth.windows.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * What ends a process with the console it was started in: Ctrl-C and Ctrl-Break go to each process of a console, and so does
 * the end of its window; consoleapi.h. Not so the end of a job object, such as sshd has for a session: nothing undoes that.
 */
public final class ConsoleTie {
    private static final Library LIBRARY = new Library("kernel32.dll");
    private static final MethodHandle SET_CONSOLE_CTRL_HANDLER =
            LIBRARY.function("SetConsoleCtrlHandler", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle FREE_CONSOLE = LIBRARY.function("FreeConsole", FunctionDescriptor.of(JAVA_INT));

    private ConsoleTie() {}

    /** Takes this process out of its console, if it has one; pipes and files that it reads and writes stay. */
    public static void cut() {
        try {
            int _ = (int) SET_CONSOLE_CTRL_HANDLER.invokeExact(MemorySegment.NULL, 1); // a Ctrl-C that is under way
            int _ = (int) FREE_CONSOLE.invokeExact();
        } catch (Throwable e) {
            throw Library.unlinked(e);
        }
    }
}
