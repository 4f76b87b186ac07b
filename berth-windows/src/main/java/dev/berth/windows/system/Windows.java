package dev.berth.windows.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The windows of this desktop: winuser.h. */
final class Windows {
    private static final int WM_CLOSE = 0x10;

    /** The order of windows may change meanwhile, and a walk must end. */
    private static final int MOST = 10_000;

    private static final Library USER = new Library("user32.dll");
    private static final MethodHandle FIND =
            USER.function("FindWindowExW", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS));
    private static final MethodHandle OWNER =
            USER.function("GetWindowThreadProcessId", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));
    private static final MethodHandle IS_VISIBLE =
            USER.function("IsWindowVisible", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    private static final MethodHandle POST =
            USER.function("PostMessageW", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));

    private Windows() {}

    /** Posts WM_CLOSE to the visible windows of a process; hidden ones carry messages, and closing them asks nobody anything. */
    static boolean close(int pid) throws WindowsErrorException {
        return Library.calling(arena -> {
            MemorySegment owner = arena.allocate(JAVA_INT);
            boolean any = false;
            long window = next(0);
            for (int i = 0; i < MOST && window != 0; i++) {
                int _ = (int) OWNER.invokeExact(window, owner);
                if (owner.get(JAVA_INT, 0) == pid && (int) IS_VISIBLE.invokeExact(window) != 0) {
                    any |= (int) POST.invokeExact(window, WM_CLOSE, 0L, 0L) != 0;
                }
                window = next(window);
            }
            return any;
        });
    }

    private static long next(long window) throws Throwable {
        return (long) FIND.invokeExact(0L, window, MemorySegment.NULL, MemorySegment.NULL);
    }
}
