package dev.berth.windows.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/** The service manager, winsvc.h: which services there are, and where they run. Thread-safe. */
final class ServiceManager {
    private static final int SC_MANAGER_CONNECT = 1;
    private static final int SC_MANAGER_ENUMERATE_SERVICE = 4;
    private static final int SC_ENUM_PROCESS_INFO = 0;
    private static final int SERVICE_DRIVER_AND_WIN32 = 0x0b | 0x30; // WinNAT and http.sys are drivers
    private static final int SERVICE_STATE_ALL = 3;
    private static final int SERVICE_RUNNING = 4;
    private static final int ERROR_MORE_DATA = 234;
    private static final int MOST_AT_ONCE = 256 * 1024; // bytes: the function takes no more

    private static final Library LIBRARY = new Library("advapi32.dll");
    private static final MethodHandle OPEN_SC_MANAGER = LIBRARY.functionWithLastError(
            "OpenSCManagerW", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_INT));
    private static final MethodHandle CLOSE_SERVICE_HANDLE =
            LIBRARY.function("CloseServiceHandle", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    private static final MethodHandle ENUM_SERVICES_STATUS_EX = LIBRARY.functionWithLastError(
            "EnumServicesStatusExW",
            FunctionDescriptor.of(
                    JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS,
                    ADDRESS));

    private static final class Status {
        static final StructLayout LAYOUT = Structures.ENUM_SERVICE_STATUS_PROCESSW;
        static final long SERVICE_NAME = Structures.offset(LAYOUT, "lpServiceName");
        static final long DISPLAY_NAME = Structures.offset(LAYOUT, "lpDisplayName");
        static final long STATUS = Structures.offset(LAYOUT, "ServiceStatusProcess");
        static final long CURRENT_STATE =
                STATUS + Structures.offset(Structures.SERVICE_STATUS_PROCESS, "dwCurrentState");
        static final long PROCESS_ID = STATUS + Structures.offset(Structures.SERVICE_STATUS_PROCESS, "dwProcessId");
    }

    private ServiceManager() {}

    /** Every service, drivers too. */
    static List<ServiceEntry> services() throws WindowsErrorException {
        return Library.calling(arena -> {
            var error = new Library.LastError(arena);
            long manager = (long) OPEN_SC_MANAGER.invokeExact(
                    error.segment(),
                    MemorySegment.NULL,
                    MemorySegment.NULL,
                    SC_MANAGER_CONNECT | SC_MANAGER_ENUMERATE_SERVICE);
            if (manager == 0) {
                throw error.of("OpenSCManagerW");
            }
            try {
                return services(manager);
            } finally {
                int _ = (int) CLOSE_SERVICE_HANDLE.invokeExact(manager);
            }
        });
    }

    private static List<ServiceEntry> services(long manager) throws WindowsErrorException {
        return Library.calling(arena -> {
            var error = new Library.LastError(arena);
            var all = new ArrayList<ServiceEntry>();
            MemorySegment some = arena.allocate(MOST_AT_ONCE, Long.BYTES);
            MemorySegment needed = arena.allocate(JAVA_INT);
            MemorySegment returned = arena.allocate(JAVA_INT);
            MemorySegment resume = arena.allocate(JAVA_INT); // where the next call goes on; 0 is the beginning
            int done;
            do {
                done = (int) ENUM_SERVICES_STATUS_EX.invokeExact(
                        error.segment(),
                        manager,
                        SC_ENUM_PROCESS_INFO,
                        SERVICE_DRIVER_AND_WIN32,
                        SERVICE_STATE_ALL,
                        some,
                        MOST_AT_ONCE,
                        needed,
                        returned,
                        resume,
                        MemorySegment.NULL);
                if (done == 0 && error.number() != ERROR_MORE_DATA) {
                    throw error.of("EnumServicesStatusExW");
                }
                for (int i = 0; i < returned.get(JAVA_INT, 0); i++) {
                    all.add(service(some, i * Status.LAYOUT.byteSize()));
                }
            } while (done == 0);
            return all;
        });
    }

    private static ServiceEntry service(MemorySegment some, long at) {
        int state = some.get(JAVA_INT, at + Status.CURRENT_STATE);
        return new ServiceEntry(
                text(some, at + Status.SERVICE_NAME),
                text(some, at + Status.DISPLAY_NAME),
                some.get(JAVA_INT, at + Status.PROCESS_ID),
                state == SERVICE_RUNNING);
    }

    /** A string of the same buffer, behind a pointer. */
    private static String text(MemorySegment some, long pointer) {
        return Library.text(some, some.get(JAVA_LONG, pointer) - some.address());
    }
}
