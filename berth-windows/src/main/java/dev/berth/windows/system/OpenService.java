package dev.berth.windows.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.berth.windows.system.Library.LastError;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/** A service or driver of the service manager, open to be started or stopped: winsvc.h. */
final class OpenService implements ServiceWait.Service, AutoCloseable {
    private static final int SC_MANAGER_CONNECT = 0x1;
    private static final int SERVICE_QUERY_STATUS = 0x4;
    private static final int SERVICE_ENUMERATE_DEPENDENTS = 0x8;
    private static final int SERVICE_START = 0x10;
    private static final int SERVICE_STOP = 0x20;
    private static final int SERVICE_CONTROL_STOP = 1;
    private static final int ERROR_SERVICE_DATABASE_LOCKED = 1055;
    private static final int ERROR_SERVICE_ALREADY_RUNNING = 1056;
    private static final int ERROR_SERVICE_NOT_ACTIVE = 1062;
    private static final int SERVICE_ACTIVE = 1; // in every state but SERVICE_STOPPED

    private static final int MOST_AT_ONCE = 64_000; // bytes: the function takes no more

    private static final StructLayout STATUS = Structures.SERVICE_STATUS_PROCESS;
    private static final long CURRENT_STATE = Structures.offset(STATUS, "dwCurrentState");
    private static final long WIN32_EXIT_CODE = Structures.offset(STATUS, "dwWin32ExitCode");
    private static final long WAIT_HINT = Structures.offset(STATUS, "dwWaitHint");

    private static final Library ADVAPI = new Library("advapi32.dll");
    private static final MethodHandle OPEN_MANAGER = ADVAPI.functionWithLastError(
            "OpenSCManagerW", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_INT));
    private static final MethodHandle OPEN = ADVAPI.functionWithLastError(
            "OpenServiceW", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_INT));
    private static final MethodHandle START = ADVAPI.functionWithLastError(
            "StartServiceW", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS));
    private static final MethodHandle CONTROL = ADVAPI.functionWithLastError(
            "ControlService", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS));
    private static final MethodHandle QUERY = ADVAPI.functionWithLastError(
            "QueryServiceStatusEx", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    private static final MethodHandle ENUM_DEPENDENTS = ADVAPI.functionWithLastError(
            "EnumDependentServicesW",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle CLOSE =
            ADVAPI.function("CloseServiceHandle", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));

    private final long manager;
    private final long service;

    private OpenService(long manager, long service) {
        this.manager = manager;
        this.service = service;
    }

    static OpenService toStart(String name) throws WindowsErrorException {
        return open(name, SERVICE_START | SERVICE_QUERY_STATUS);
    }

    static OpenService toStop(String name) throws WindowsErrorException {
        return open(name, SERVICE_STOP | SERVICE_QUERY_STATUS);
    }

    static OpenService toAskWhoNeeds(String name) throws WindowsErrorException {
        return open(name, SERVICE_ENUMERATE_DEPENDENTS);
    }

    private static OpenService open(String name, int access) throws WindowsErrorException {
        return Library.calling(arena -> {
            var error = new LastError(arena);
            long manager = (long) OPEN_MANAGER.invokeExact(
                    error.segment(), MemorySegment.NULL, MemorySegment.NULL, SC_MANAGER_CONNECT);
            if (manager == 0) {
                throw error.of("OpenSCManagerW");
            }
            long service = (long) OPEN.invokeExact(error.segment(), manager, Library.wide(arena, name), access);
            if (service == 0) {
                close(manager);
                throw error.of("OpenServiceW");
            }
            return new OpenService(manager, service);
        });
    }

    /** The names of those that need this one and have not stopped, the last to start first. */
    List<String> dependents() throws WindowsErrorException {
        return Library.calling(arena -> {
            var error = new LastError(arena);
            MemorySegment all = arena.allocate(MOST_AT_ONCE, Long.BYTES);
            MemorySegment returned = arena.allocate(JAVA_INT);
            int told = (int) ENUM_DEPENDENTS.invokeExact(
                    error.segment(), service, SERVICE_ACTIVE, all, MOST_AT_ONCE, arena.allocate(JAVA_INT), returned);
            if (told == 0) {
                throw error.of("EnumDependentServicesW");
            }
            var names = new ArrayList<String>();
            for (long i = 0; i < returned.get(JAVA_INT, 0); i++) {
                names.add(Library.text(
                        all, all.get(JAVA_LONG, i * Structures.ENUM_SERVICE_STATUSW.byteSize()) - all.address()));
            }
            return names;
        });
    }

    @Override
    public boolean start() throws WindowsErrorException {
        return Library.calling(arena -> {
            var error = new LastError(arena);
            int started = (int) START.invokeExact(error.segment(), service, 0, MemorySegment.NULL);
            boolean locked = started == 0 && error.number() == ERROR_SERVICE_DATABASE_LOCKED;
            if (started == 0 && !locked && error.number() != ERROR_SERVICE_ALREADY_RUNNING) {
                throw error.of("StartServiceW");
            }
            return !locked;
        });
    }

    @Override
    public void stop() throws WindowsErrorException {
        int _ = Library.<Integer>calling(arena -> {
            var error = new LastError(arena);
            int told = (int) CONTROL.invokeExact(
                    error.segment(), service, SERVICE_CONTROL_STOP, arena.allocate(Structures.SERVICE_STATUS));
            if (told == 0 && error.number() != ERROR_SERVICE_NOT_ACTIVE) {
                throw error.of("ControlService");
            }
            return told;
        });
    }

    @Override
    public Status status() throws WindowsErrorException {
        return Library.calling(arena -> {
            var error = new LastError(arena);
            MemorySegment status = arena.allocate(STATUS);
            int told = (int) QUERY.invokeExact(
                    error.segment(), service, 0, status, (int) STATUS.byteSize(), arena.allocate(JAVA_INT));
            if (told == 0) {
                throw error.of("QueryServiceStatusEx");
            }
            return new Status(
                    status.get(JAVA_INT, CURRENT_STATE),
                    status.get(JAVA_INT, WIN32_EXIT_CODE),
                    Integer.toUnsignedLong(status.get(JAVA_INT, WAIT_HINT)));
        });
    }

    private static void close(long handle) {
        try {
            int _ = (int) CLOSE.invokeExact(handle);
        } catch (Throwable e) {
            throw Library.unlinked(e);
        }
    }

    @Override
    public void close() {
        close(service);
        close(manager);
    }
}
