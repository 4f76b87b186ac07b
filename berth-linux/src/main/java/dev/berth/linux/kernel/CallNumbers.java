package dev.berth.linux.kernel;

import org.jspecify.annotations.Nullable;

/** The numbers of the system calls Berth makes, by architecture: asm/unistd_64.h and asm-generic/unistd.h. */
record CallNumbers(
        int read,
        int close,
        int ioctl,
        int socket,
        int sendto,
        int recvfrom,
        int bind,
        int setsockopt,
        int getsockopt,
        int getdents64,
        int openat,
        int readlinkat,
        int setns,
        int connect,
        int getsockname,
        int ppoll,
        int pidfdSendSignal,
        int pidfdOpen,
        int pidfdGetfd,
        int pwrite64,
        int setsid) {

    static final CallNumbers X86_64 =
            new CallNumbers(0, 3, 16, 41, 44, 45, 49, 54, 55, 217, 257, 267, 308, 42, 51, 271, 424, 434, 438, 18, 112);
    /** arm64, riscv64 and every architecture that came after them. */
    static final CallNumbers GENERIC = new CallNumbers(
            63, 57, 29, 198, 206, 207, 200, 208, 209, 61, 56, 78, 268, 203, 204, 73, 424, 434, 438, 68, 157);

    /** @param architecture as {@code os.arch} has it; null is returned for one that Berth does not know */
    static @Nullable CallNumbers of(String architecture) {
        return switch (architecture) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64", "riscv64" -> GENERIC;
            default -> null;
        };
    }
}
