package dev.berth.linux.tracing;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.platform.HostReadException;
import dev.berth.platform.PortFailure;
import dev.berth.platform.SystemError;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A kind of event that tells of failures, and how its bytes are read. */
sealed interface FailureEvent permits FailedConnect, FailedCall {
    /** What an event tells by itself. */
    record Told(
            PortFailure.Call call,
            @Nullable IpAddress source,
            @Nullable Endpoint destination,
            SystemError error) {}

    /** Its number, which its records start with. */
    int id();

    /**
     * @param bytes where the record is, in the kernel's byte order
     * @param at its first byte
     * @throws HostReadException when it is shorter than its format says
     */
    Told decode(ByteBuffer bytes, int at, int length) throws HostReadException;

    static void check(int length, int needed) throws HostReadException {
        if (length < needed) {
            throw Tracefs.unknown("an event has " + length + " bytes where its format says " + needed);
        }
    }
}
