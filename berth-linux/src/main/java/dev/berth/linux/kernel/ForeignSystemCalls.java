package dev.berth.linux.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** By way of the Foreign Function & Memory API, linked once: that costs more than everything Berth then does with it. */
final class ForeignSystemCalls implements SystemCalls {
    /**
     * Not linked as the variadic function it is, nor to its address: integers are passed alike either way on every
     * architecture in {@link CallNumbers}, and both would spin more classes at every start (31 ms against 22).
     */
    private static final MethodHandle SYSCALL = link();

    private static final MemorySegment ENTRY =
            Linker.nativeLinker().defaultLookup().findOrThrow("syscall");

    /** errno is captured for each call before the virtual machine can change it, and for each thread apart. */
    private static final ThreadLocal<Captured> CAPTURED = ThreadLocal.withInitial(Captured::new);

    private static final class Captured {
        final ByteBuffer errno = ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
        final MemorySegment segment = MemorySegment.ofBuffer(errno);
    }

    private static MethodHandle link() {
        Linker linker = Linker.nativeLinker();
        var parameters = new MemoryLayout[7];
        Arrays.fill(parameters, JAVA_LONG);
        return linker.downcallHandle(
                FunctionDescriptor.of(JAVA_LONG, parameters), Linker.Option.captureCallState("errno"));
    }

    @Override
    public long call(long number, long a, long b, long c, long d, long e, long f) {
        Captured captured = CAPTURED.get();
        try {
            long result = (long) SYSCALL.invokeExact(ENTRY, captured.segment, number, a, b, c, d, e, f);
            return result < 0 ? -captured.errno.getInt(0) : result;
        } catch (Throwable unexpected) {
            throw new AssertionError("a native call threw", unexpected);
        }
    }
}
