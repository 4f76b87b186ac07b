package dev.berth.windows.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/** A key below HKEY_LOCAL_MACHINE, open for changes: winreg.h. */
final class RegistryKey implements AutoCloseable {
    private static final long HKEY_LOCAL_MACHINE = 0xffff_ffff_8000_0002L; // winreg.h widens it with its sign
    private static final int KEY_QUERY_VALUE = 0x1; // RegFlushKey wants it
    private static final int KEY_SET_VALUE = 0x2;
    private static final int KEY_WOW64_64KEY = 0x100;
    private static final int REG_SZ = 1;
    private static final int REG_DWORD = 4;
    private static final int REG_MULTI_SZ = 7;

    private static final Library ADVAPI = new Library("advapi32.dll");
    private static final MethodHandle OPEN = ADVAPI.function(
            "RegOpenKeyExW", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle SET = ADVAPI.function(
            "RegSetValueExW",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle DELETE =
            ADVAPI.function("RegDeleteValueW", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));
    private static final MethodHandle FLUSH =
            ADVAPI.function("RegFlushKey", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    private static final MethodHandle CLOSE =
            ADVAPI.function("RegCloseKey", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));

    private final long handle;

    private RegistryKey(long handle) {
        this.handle = handle;
    }

    static RegistryKey open(String key) throws WindowsErrorException {
        return Library.calling(arena -> {
            MemorySegment opened = arena.allocate(JAVA_LONG);
            int access = KEY_QUERY_VALUE | KEY_SET_VALUE | KEY_WOW64_64KEY;
            check("RegOpenKeyExW", (int)
                    OPEN.invokeExact(HKEY_LOCAL_MACHINE, Library.wide(arena, key), 0, access, opened));
            return new RegistryKey(opened.get(JAVA_LONG, 0));
        });
    }

    void set(String name, RegistryValue value) throws WindowsErrorException {
        Library.calling(arena -> {
            MemorySegment data = data(arena, value);
            int error = (int)
                    SET.invokeExact(handle, Library.wide(arena, name), 0, type(value), data, (int) data.byteSize());
            return check("RegSetValueExW", error);
        });
        flush();
    }

    void delete(String name) throws WindowsErrorException {
        Library.calling(arena -> check("RegDeleteValueW", (int) DELETE.invokeExact(handle, Library.wide(arena, name))));
        flush();
    }

    private void flush() throws WindowsErrorException { // else it reaches the disk some seconds later
        Library.calling(_ -> check("RegFlushKey", (int) FLUSH.invokeExact(handle)));
    }

    private static int type(RegistryValue value) {
        return switch (value) {
            case RegistryValue.Dword _ -> REG_DWORD;
            case RegistryValue.Text _ -> REG_SZ;
            case RegistryValue.Lines _ -> REG_MULTI_SZ;
            case RegistryValue.Other(int type, var _) -> type;
        };
    }

    private static MemorySegment data(Arena arena, RegistryValue value) {
        return switch (value) {
            case RegistryValue.Dword(long number) -> arena.allocateFrom(JAVA_INT, (int) number);
            case RegistryValue.Text(String text) -> Library.wide(arena, text);
            case RegistryValue.Lines(var lines) -> // each ends with a NUL, and so do all of them
                arena.allocateFrom(
                        JAVA_BYTE,
                        (String.join("\0", lines) + (lines.isEmpty() ? "\0" : "\0\0"))
                                .getBytes(StandardCharsets.UTF_16LE));
            case RegistryValue.Other _ -> throw new IllegalArgumentException("its bytes are not known");
        };
    }

    private static int check(String call, int error) throws WindowsErrorException {
        if (error != 0) {
            throw new WindowsErrorException(call, error);
        }
        return error;
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
