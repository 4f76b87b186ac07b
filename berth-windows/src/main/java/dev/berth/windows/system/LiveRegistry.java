package dev.berth.windows.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** The registry of this machine, through advapi32. Names as in winreg.h. */
final class LiveRegistry implements Registry {
    private static final Library ADVAPI32 = new Library("advapi32.dll");
    private static final MethodHandle REG_OPEN_KEY = ADVAPI32.function(
            "RegOpenKeyExW", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle REG_QUERY_VALUE = ADVAPI32.function(
            "RegQueryValueExW", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle REG_CLOSE_KEY =
            ADVAPI32.function("RegCloseKey", FunctionDescriptor.of(JAVA_INT, ADDRESS));

    /** {@code ((HKEY)(ULONG_PTR)((LONG)0x80000002))}: the sign goes with it. */
    private static final MemorySegment HKEY_LOCAL_MACHINE = MemorySegment.ofAddress(0xFFFF_FFFF_8000_0002L);

    private static final int KEY_QUERY_VALUE = 0x0001;
    private static final int KEY_WOW64_64KEY = 0x0100;
    private static final int ERROR_MORE_DATA = 234;

    private static final int USUAL_BYTES = 512;

    /** What regedit takes for a value's limit; more is no setting of a network. */
    private static final int MOST_BYTES = 1 << 20;

    @Override
    public @Nullable RegistryValue read(String key, String name) throws WindowsErrorException {
        try (var arena = Arena.ofConfined()) {
            MemorySegment opened = arena.allocate(ADDRESS);
            int error = open(arena, key, opened);
            if (error == WindowsErrorException.FILE_NOT_FOUND) {
                return null;
            }
            check("RegOpenKeyExW", error);
            MemorySegment handle = opened.get(ADDRESS, 0);
            try {
                return query(arena, handle, name);
            } finally {
                close(handle);
            }
        }
    }

    private static @Nullable RegistryValue query(Arena arena, MemorySegment key, String name)
            throws WindowsErrorException {
        MemorySegment wideName = Library.wide(arena, name);
        MemorySegment type = arena.allocate(JAVA_INT);
        MemorySegment size = arena.allocate(JAVA_INT);
        int error = ERROR_MORE_DATA;
        for (int bytes = USUAL_BYTES; error == ERROR_MORE_DATA && bytes <= MOST_BYTES; bytes *= 2) {
            MemorySegment data = arena.allocate(bytes);
            size.set(JAVA_INT, 0, bytes);
            error = query(key, wideName, type, data, size); // the value may have grown between two calls
            if (error == 0) {
                int read = Math.clamp(size.get(JAVA_INT, 0), 0, bytes);
                return RegistryData.decode(
                        type.get(JAVA_INT, 0), data.asSlice(0, read).toArray(JAVA_BYTE));
            }
        }
        if (error == WindowsErrorException.FILE_NOT_FOUND) {
            return null;
        }
        throw new WindowsErrorException("RegQueryValueExW", error);
    }

    private static int open(Arena arena, String key, MemorySegment opened) {
        try {
            return (int) REG_OPEN_KEY.invokeExact(
                    HKEY_LOCAL_MACHINE, Library.wide(arena, key), 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, opened);
        } catch (Throwable e) {
            throw Library.unlinked(e);
        }
    }

    private static int query(
            MemorySegment key, MemorySegment name, MemorySegment type, MemorySegment data, MemorySegment size) {
        try {
            return (int) REG_QUERY_VALUE.invokeExact(key, name, MemorySegment.NULL, type, data, size);
        } catch (Throwable e) {
            throw Library.unlinked(e);
        }
    }

    private static void close(MemorySegment key) throws WindowsErrorException {
        try {
            check("RegCloseKey", (int) REG_CLOSE_KEY.invokeExact(key));
        } catch (WindowsErrorException e) {
            throw e;
        } catch (Throwable e) {
            throw Library.unlinked(e);
        }
    }

    private static void check(String call, int error) throws WindowsErrorException {
        if (error != 0) {
            throw new WindowsErrorException(call, error);
        }
    }
}
