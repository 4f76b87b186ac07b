package dev.berth.linux.kernel;

/** By way of a library that an image of Berth has beside the virtual machine; {@code src/main/c/berth.c}. */
final class NativeSystemCalls implements SystemCalls {
    /**
     * Loads it. Not looked for by a Berth on the class path, which has none: a library of that name would be somebody
     * else's.
     */
    static boolean areThere() {
        if (!NativeSystemCalls.class.getModule().isNamed()) {
            return false;
        }
        try {
            System.loadLibrary("berth");
            return true;
        } catch (UnsatisfiedLinkError without) {
            return false;
        }
    }

    @Override
    public long call(long number, long a, long b, long c, long d, long e, long f) {
        return syscall(number, a, b, c, d, e, f);
    }

    private static native long syscall(long number, long a, long b, long c, long d, long e, long f);
}
