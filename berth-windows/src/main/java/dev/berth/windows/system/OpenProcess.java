package dev.berth.windows.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** A process in hand, whose id passes to nobody as long: processthreadsapi.h. */
final class OpenProcess implements AutoCloseable {
    private static final int PROCESS_TERMINATE = 0x1;
    private static final int EXIT_CODE = 1;

    private static final Library LIBRARY = new Library("kernel32.dll");
    private static final MethodHandle TERMINATE =
            LIBRARY.functionWithLastError("TerminateProcess", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final @Nullable MethodHandle IS_CRITICAL = // Windows has it since 8.1
            LIBRARY.find("IsProcessCritical", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));

    private final Kernel32.Handle handle;

    private OpenProcess(Kernel32.Handle handle) {
        this.handle = handle;
    }

    static OpenProcess toEnd(int pid) throws WindowsErrorException {
        int access = PROCESS_TERMINATE | Kernel32.PROCESS_QUERY_LIMITED_INFORMATION;
        return new OpenProcess(Kernel32.openProcess(access, pid));
    }

    static OpenProcess toLookAt(int pid) throws WindowsErrorException {
        return new OpenProcess(Kernel32.openProcess(Kernel32.PROCESS_QUERY_LIMITED_INFORMATION, pid));
    }

    /** Ends it, if that is when it was started. */
    void terminate(long startedAtFileTime) throws WindowsErrorException {
        if (Kernel32.getProcessTimes(handle).created() != startedAtFileTime) {
            throw new WindowsErrorException("OpenProcess", WindowsErrorException.INVALID_PARAMETER);
        }
        Library.calling(arena -> {
            var error = new Library.LastError(arena);
            int ended = (int) TERMINATE.invokeExact(error.segment(), handle.value(), EXIT_CODE);
            if (ended == 0) {
                throw error.of("TerminateProcess");
            }
            return ended;
        });
    }

    /** Not so where this Windows cannot tell. */
    boolean isCritical() throws WindowsErrorException {
        MethodHandle isCritical = IS_CRITICAL;
        return isCritical != null
                && Library.<Boolean>calling(arena -> {
                    MemorySegment critical = arena.allocate(JAVA_INT);
                    int told = (int) isCritical.invokeExact(handle.value(), critical);
                    return told != 0 && critical.get(JAVA_INT, 0) != 0;
                });
    }

    @Override
    public void close() {
        handle.close();
    }
}
