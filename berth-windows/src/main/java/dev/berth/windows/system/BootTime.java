package dev.berth.windows.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/**
 * When Windows started. Setting the clock moves {@code BootTime} and {@code BootTimeBias} alike, so that their difference stays
 * what it was at the start. A start from hibernation, as after "fast startup", goes on with the same run of the kernel.
 */
final class BootTime {
    private static final StructLayout LAYOUT = Structures.SYSTEM_TIMEOFDAY_INFORMATION;
    private static final int SYSTEM_TIME_OF_DAY_INFORMATION = 3;

    private static final MethodHandle QUERY = new Library("ntdll.dll")
            .function(
                    "NtQuerySystemInformation", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));

    private BootTime() {}

    /** In units of 100 ns since 1601; empty where it is not told. */
    static String read() throws WindowsErrorException {
        return Library.calling(arena -> {
            MemorySegment information = arena.allocate(LAYOUT);
            int status = (int) QUERY.invokeExact(
                    SYSTEM_TIME_OF_DAY_INFORMATION, information, (int) LAYOUT.byteSize(), MemorySegment.NULL);
            return status == 0
                    ? Long.toString(number(information, "BootTime") - number(information, "BootTimeBias"))
                    : "";
        });
    }

    private static long number(MemorySegment information, String field) {
        return information.get(JAVA_LONG, Structures.offset(LAYOUT, field));
    }
}
