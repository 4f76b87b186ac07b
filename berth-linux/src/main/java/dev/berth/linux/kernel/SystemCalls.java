package dev.berth.linux.kernel;

/** syscall(2). Thread-safe; a call works on the thread that makes it. */
interface SystemCalls {
    /** @return what the kernel gave back: a negated errno where the call failed */
    long call(long number, long a, long b, long c, long d, long e, long f);

    /** Those of Berth's own image, where it brings them; linked from Java otherwise. */
    static SystemCalls quickest() {
        return NativeSystemCalls.areThere() ? new NativeSystemCalls() : new ForeignSystemCalls();
    }
}
