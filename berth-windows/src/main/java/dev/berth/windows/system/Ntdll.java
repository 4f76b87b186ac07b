package dev.berth.windows.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What only the layer below Win32 tells: ntdll.h, winternl.h. Thread-safe. */
final class Ntdll {
    private static final Library LIBRARY = new Library("ntdll.dll");
    private static final MethodHandle RTL_GET_VERSION =
            LIBRARY.function("RtlGetVersion", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final @Nullable MethodHandle NT_QUERY_INFORMATION_PROCESS = LIBRARY.find(
            "NtQueryInformationProcess",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));

    /** ProcessCommandLineInformation: from Windows 8.1 on, and the one way that asks for no more than limited access. */
    private static final int PROCESS_COMMAND_LINE_INFORMATION = 60;

    private static final int LONGEST_COMMAND = 32_767 * 2 + 64; // bytes, with the UNICODE_STRING before them

    private static final class VersionInfo {
        static final StructLayout LAYOUT = Structures.OSVERSIONINFOW;
        static final long MAJOR = Structures.offset(LAYOUT, "dwMajorVersion");
        static final long MINOR = Structures.offset(LAYOUT, "dwMinorVersion");
        static final long BUILD = Structures.offset(LAYOUT, "dwBuildNumber");
    }

    private Ntdll() {}

    /** Which Windows this is; what a program is compatible with plays no part. */
    record Version(int major, int minor, int build) {
        /** Whether it is that build of Windows 10, or later. */
        boolean isFromBuild(int ofWindows10) {
            return major > 10 || major == 10 && build >= ofWindows10;
        }

        /** Such as {@code 10.0.20348}. */
        @Override
        public String toString() {
            return major + "." + minor + "." + build;
        }
    }

    static Version version() throws WindowsErrorException {
        return Library.calling(arena -> {
            MemorySegment info = arena.allocate(VersionInfo.LAYOUT);
            info.set(JAVA_INT, 0, (int) VersionInfo.LAYOUT.byteSize());
            int status = (int) RTL_GET_VERSION.invokeExact(info);
            if (status != 0) {
                throw new WindowsErrorException("RtlGetVersion", status);
            }
            return new Version(
                    info.get(JAVA_INT, VersionInfo.MAJOR),
                    info.get(JAVA_INT, VersionInfo.MINOR),
                    info.get(JAVA_INT, VersionInfo.BUILD));
        });
    }

    /** The command line of a process; empty where this Windows, or the process, does not tell it. */
    static Optional<String> commandLine(Kernel32.Handle process) throws WindowsErrorException {
        MethodHandle query = NT_QUERY_INFORMATION_PROCESS;
        if (query == null) {
            return Optional.empty();
        }
        return Library.calling(arena -> {
            MemorySegment into = arena.allocate(LONGEST_COMMAND, Long.BYTES); // UNICODE_STRING, and what it points to
            MemorySegment length = arena.allocate(JAVA_INT);
            int status = (int)
                    query.invokeExact(process.value(), PROCESS_COMMAND_LINE_INFORMATION, into, LONGEST_COMMAND, length);
            int bytes = Short.toUnsignedInt(into.get(JAVA_SHORT, 0));
            long start = into.get(JAVA_LONG, 8) - into.address();
            if (status != 0 || start < 0 || start + bytes > LONGEST_COMMAND) {
                return Optional.empty();
            }
            return Optional.of(new String(into.asSlice(start, bytes).toArray(JAVA_BYTE), StandardCharsets.UTF_16LE));
        });
    }
}
