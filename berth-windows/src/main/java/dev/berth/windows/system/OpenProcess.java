package dev.berth.windows.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.berth.windows.system.Library.LastError;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** A process in hand, whose id passes to nobody as long: processthreadsapi.h. */
final class OpenProcess implements AutoCloseable {
    private static final int PROCESS_TERMINATE = 0x1;
    private static final int PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;
    private static final int EXIT_CODE = 1;
    private static final int FILETIME_BYTES = 8;

    private static final Library KERNEL = new Library("kernel32.dll");
    private static final MethodHandle OPEN =
            KERNEL.functionWithLastError("OpenProcess", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle TIMES = KERNEL.functionWithLastError(
            "GetProcessTimes", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle TERMINATE =
            KERNEL.functionWithLastError("TerminateProcess", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final @Nullable MethodHandle IS_CRITICAL = // Windows has it since 8.1
            KERNEL.find("IsProcessCritical", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));
    private static final MethodHandle CLOSE =
            KERNEL.function("CloseHandle", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));

    private final long handle;

    private OpenProcess(long handle) {
        this.handle = handle;
    }

    static OpenProcess toEnd(int pid) throws WindowsErrorException {
        return open(pid, PROCESS_TERMINATE | PROCESS_QUERY_LIMITED_INFORMATION);
    }

    static OpenProcess toLookAt(int pid) throws WindowsErrorException {
        return open(pid, PROCESS_QUERY_LIMITED_INFORMATION);
    }

    private static OpenProcess open(int pid, int access) throws WindowsErrorException {
        try (var arena = Arena.ofConfined()) {
            var error = new LastError(arena);
            long handle = (long) OPEN.invokeExact(error.segment(), access, 0, pid);
            if (handle == 0) {
                throw new WindowsErrorException("OpenProcess", error.number());
            }
            return new OpenProcess(handle);
        } catch (WindowsErrorException e) {
            throw e;
        } catch (Throwable e) {
            throw Library.unlinked(e);
        }
    }

    void terminate(long startedAtFileTime) throws WindowsErrorException {
        try (var arena = Arena.ofConfined()) {
            var error = new LastError(arena);
            MemorySegment times = arena.allocate(4 * FILETIME_BYTES, FILETIME_BYTES);
            int told = (int) TIMES.invokeExact(
                    error.segment(),
                    handle,
                    times, // the first of the four is when it was made
                    times.asSlice(FILETIME_BYTES),
                    times.asSlice(2 * FILETIME_BYTES),
                    times.asSlice(3 * FILETIME_BYTES));
            if (told == 0) {
                throw new WindowsErrorException("GetProcessTimes", error.number());
            }
            if (times.get(JAVA_LONG, 0) != startedAtFileTime) {
                throw new WindowsErrorException("OpenProcess", WindowsErrorException.INVALID_PARAMETER);
            }
            int ended = (int) TERMINATE.invokeExact(error.segment(), handle, EXIT_CODE);
            if (ended == 0) {
                throw new WindowsErrorException("TerminateProcess", error.number());
            }
        } catch (WindowsErrorException e) {
            throw e;
        } catch (Throwable e) {
            throw Library.unlinked(e);
        }
    }

    /** Not so where this Windows cannot tell. */
    boolean isCritical() {
        MethodHandle isCritical = IS_CRITICAL;
        if (isCritical == null) {
            return false;
        }
        try (var arena = Arena.ofConfined()) {
            MemorySegment critical = arena.allocate(JAVA_INT);
            int told = (int) isCritical.invokeExact(handle, critical);
            return told != 0 && critical.get(JAVA_INT, 0) != 0;
        } catch (Throwable e) {
            throw Library.unlinked(e);
        }
    }

    @Override
    public void close() {
        try {
            int _ = (int) CLOSE.invokeExact(handle);
        } catch (Throwable e) {
            throw Library.unlinked(e);
        }
    }
}
