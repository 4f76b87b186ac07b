package dev.berth.windows.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.Map;

/** Processes, the heap and the names of this machine: processthreadsapi.h, tlhelp32.h, heapapi.h, sysinfoapi.h. Thread-safe. */
final class Kernel32 {
    static final int PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;

    private static final int TH32CS_SNAPPROCESS = 2;
    private static final long INVALID_HANDLE_VALUE = -1;
    private static final int COMPUTER_NAME_DNS_HOSTNAME = 1;
    private static final int LONGEST_PATH = 32_768; // characters, with the NUL

    private static final Library LIBRARY = new Library("kernel32.dll");
    private static final MethodHandle OPEN_PROCESS = LIBRARY.functionWithLastError(
            "OpenProcess", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE_HANDLE =
            LIBRARY.function("CloseHandle", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    private static final MethodHandle QUERY_FULL_PROCESS_IMAGE_NAME = LIBRARY.functionWithLastError(
            "QueryFullProcessImageNameW", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle GET_PROCESS_TIMES = LIBRARY.functionWithLastError(
            "GetProcessTimes", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle CREATE_TOOLHELP32_SNAPSHOT = LIBRARY.functionWithLastError(
            "CreateToolhelp32Snapshot", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT));
    private static final FunctionDescriptor STEP = FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle PROCESS32_FIRST = LIBRARY.functionWithLastError("Process32FirstW", STEP);
    private static final MethodHandle PROCESS32_NEXT = LIBRARY.functionWithLastError("Process32NextW", STEP);
    private static final int ERROR_NO_MORE_FILES = 18; // of processes
    private static final MethodHandle GET_PROCESS_HEAP =
            LIBRARY.function("GetProcessHeap", FunctionDescriptor.of(ADDRESS));
    private static final MethodHandle HEAP_SIZE =
            LIBRARY.function("HeapSize", FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT, ADDRESS));
    private static final MethodHandle HEAP_FREE =
            LIBRARY.function("HeapFree", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    private static final MethodHandle GET_SYSTEM_DIRECTORY =
            LIBRARY.functionWithLastError("GetSystemDirectoryW", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GET_COMPUTER_NAME = LIBRARY.functionWithLastError(
            "GetComputerNameExW", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));

    private static final class ProcessEntry32 {
        static final StructLayout LAYOUT = Structures.PROCESSENTRY32W;
        static final long PROCESS_ID = Structures.offset(LAYOUT, "th32ProcessID");
        static final long PARENT_PROCESS_ID = Structures.offset(LAYOUT, "th32ParentProcessID");
        static final long EXE_FILE = Structures.offset(LAYOUT, "szExeFile");
    }

    private Kernel32() {}

    /** Something of the kernel that is open until it is closed. */
    record Handle(long value) implements AutoCloseable {
        /** What GetCurrentProcess returns, which needs no closing. */
        static final Handle THIS_PROCESS = new Handle(-1);

        @Override
        public void close() {
            try {
                int _ = (int) CLOSE_HANDLE.invokeExact(value);
            } catch (Throwable e) {
                throw Library.unlinked(e);
            }
        }
    }

    /** A process of the list of all; its name is the file name of its program. */
    record Listed(int pid, int parent, String name) {}

    /** When a process was started, and when it ended, or 0: FILETIME, in units of 100 ns since 1601. */
    record Times(long created, long exited) {}

    static Handle openProcess(int access, int pid) throws WindowsErrorException {
        return Library.calling(arena -> {
            var error = new Library.LastError(arena);
            long handle = (long) OPEN_PROCESS.invokeExact(error.segment(), access, 0, pid);
            if (handle == 0) {
                throw error.of("OpenProcess");
            }
            return new Handle(handle);
        });
    }

    /** The path of its program. */
    static String queryFullProcessImageName(Handle process) throws WindowsErrorException {
        return Library.calling(arena -> {
            var error = new Library.LastError(arena);
            MemorySegment length = arena.allocateFrom(JAVA_INT, LONGEST_PATH);
            MemorySegment path = arena.allocate(LONGEST_PATH * 2L, Long.BYTES);
            int done =
                    (int) QUERY_FULL_PROCESS_IMAGE_NAME.invokeExact(error.segment(), process.value(), 0, path, length);
            if (done == 0) {
                throw error.of("QueryFullProcessImageNameW");
            }
            return Library.text(path, 0);
        });
    }

    static Times getProcessTimes(Handle process) throws WindowsErrorException {
        return Library.calling(arena -> {
            var error = new Library.LastError(arena);
            MemorySegment times = arena.allocate(JAVA_LONG, 4);
            int done = (int) GET_PROCESS_TIMES.invokeExact(
                    error.segment(),
                    process.value(),
                    times.asSlice(0),
                    times.asSlice(8),
                    times.asSlice(16),
                    times.asSlice(24));
            if (done == 0) {
                throw error.of("GetProcessTimes");
            }
            return new Times(times.get(JAVA_LONG, 0), times.get(JAVA_LONG, 8));
        });
    }

    /** Every process, by its id. */
    static Map<Integer, Listed> processes() throws WindowsErrorException {
        return Library.calling(arena -> {
            var error = new Library.LastError(arena);
            long snapshot = (long) CREATE_TOOLHELP32_SNAPSHOT.invokeExact(error.segment(), TH32CS_SNAPPROCESS, 0);
            if (snapshot == INVALID_HANDLE_VALUE) {
                throw error.of("CreateToolhelp32Snapshot");
            }
            var all = new HashMap<Integer, Listed>();
            try (var _ = new Handle(snapshot)) {
                MemorySegment entry = arena.allocate(ProcessEntry32.LAYOUT);
                entry.set(JAVA_INT, 0, (int) ProcessEntry32.LAYOUT.byteSize());
                int more = (int) PROCESS32_FIRST.invokeExact(error.segment(), snapshot, entry);
                while (more != 0) {
                    int pid = entry.get(JAVA_INT, ProcessEntry32.PROCESS_ID);
                    int parent = entry.get(JAVA_INT, ProcessEntry32.PARENT_PROCESS_ID);
                    all.put(pid, new Listed(pid, parent, Library.text(entry, ProcessEntry32.EXE_FILE)));
                    more = (int) PROCESS32_NEXT.invokeExact(error.segment(), snapshot, entry);
                }
                if (error.number() != ERROR_NO_MORE_FILES) {
                    throw error.of("Process32NextW");
                }
            }
            return all;
        });
    }

    static MemorySegment processHeap() throws WindowsErrorException {
        return Library.calling(_ -> (MemorySegment) GET_PROCESS_HEAP.invokeExact());
    }

    /** How many bytes were allocated there. */
    static long heapSize(MemorySegment heap, MemorySegment memory) throws WindowsErrorException {
        return Library.calling(_ -> (long) HEAP_SIZE.invokeExact(heap, 0, memory));
    }

    static void heapFree(MemorySegment heap, MemorySegment memory) throws WindowsErrorException {
        int _ = Library.<Integer>calling(_ -> (int) HEAP_FREE.invokeExact(heap, 0, memory));
    }

    /** Such as {@code C:\Windows\System32}. */
    static String getSystemDirectory() throws WindowsErrorException {
        return Library.calling(arena -> {
            var error = new Library.LastError(arena);
            MemorySegment path = arena.allocate(LONGEST_PATH * 2L, Long.BYTES);
            int length = (int) GET_SYSTEM_DIRECTORY.invokeExact(error.segment(), path, LONGEST_PATH);
            if (length == 0) {
                throw error.of("GetSystemDirectoryW");
            }
            return Library.text(path, 0);
        });
    }

    /** The name of this machine, without its domain. */
    static String getComputerName() throws WindowsErrorException {
        return Library.calling(arena -> {
            var error = new Library.LastError(arena);
            MemorySegment length = arena.allocateFrom(JAVA_INT, LONGEST_PATH);
            MemorySegment name = arena.allocate(LONGEST_PATH * 2L, Long.BYTES);
            int done = (int) GET_COMPUTER_NAME.invokeExact(error.segment(), COMPUTER_NAME_DNS_HOSTNAME, name, length);
            if (done == 0) {
                throw error.of("GetComputerNameExW");
            }
            return Library.text(name, 0);
        });
    }
}
