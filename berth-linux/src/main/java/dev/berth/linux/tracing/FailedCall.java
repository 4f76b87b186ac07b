package dev.berth.linux.tracing;

import dev.berth.linux.kernel.Errno;
import dev.berth.platform.HostReadException;
import dev.berth.platform.PortFailure;
import dev.berth.platform.SystemError;
import java.nio.ByteBuffer;

/**
 * {@code syscalls:sys_exit_bind} and its like: who called and what came of it. The address is not in it; the event of the call's
 * start has only a pointer into the program's memory. Calls of 32-bit programs on a 64-bit kernel are not traced.
 */
record FailedCall(int id, PortFailure.Call call, Fields.Field result) implements FailureEvent {
    /** EADDRINUSE and EADDRNOTAVAIL, asm-generic/errno.h. */
    static final String FILTER = "ret==-98 || ret==-99";

    static String event(PortFailure.Call call) {
        return "syscalls/sys_exit_" + call.label();
    }

    static FailedCall of(int id, PortFailure.Call call, Fields fields) throws HostReadException {
        return new FailedCall(id, call, fields.get("ret", Long.BYTES));
    }

    @Override
    public Told decode(ByteBuffer bytes, int at, int given) throws HostReadException {
        FailureEvent.check(given, result.end());
        int number = (int) -bytes.getLong(at + result.offset());
        return new Told(call, null, null, new SystemError(Errno.name(number), number));
    }
}
