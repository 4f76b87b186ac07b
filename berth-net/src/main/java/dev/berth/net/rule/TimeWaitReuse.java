package dev.berth.net.rule;

import dev.berth.net.IpAddress;

/**
 * Whether Linux lets an outgoing connection take over a four-tuple that is still in TIME_WAIT ({@code tcp_twsk_unique} in
 * net/ipv4/tcp_ipv4.c; net.ipv4.tcp_tw_reuse in Documentation/networking/ip-sysctl.rst).
 *
 * @param mode {@code tcp_tw_reuse}: 0 never, 1 always, 2 only where an end is a loopback address
 * @param timestamps {@code tcp_timestamps} was on for the old connection: without them nothing is taken over
 * @param delayMillis {@code tcp_tw_reuse_delay}: how long an entry must have lasted; kernels before 6.14 count whole
 *     seconds, so that up to 1000 there is the time by which it is sure
 */
public record TimeWaitReuse(int mode, boolean timestamps, int delayMillis) {
    /** How long TIME_WAIT lasts on Linux: {@code TCP_TIMEWAIT_LEN} in include/net/tcp.h, a constant. */
    public static final int LENGTH_MILLIS = 60_000;

    /**
     * Whether automatic choice may take over this TIME_WAIT now.
     *
     * @param remainingMillis until the kernel lets go of it by itself; -1 where unknown, and then the answer is no
     */
    public boolean allows(IpAddress source, IpAddress destination, int remainingMillis) {
        boolean here = mode == 1 || mode == 2 && (source.isLoopback() || destination.isLoopback());
        return here && timestamps && remainingMillis >= 0 && LENGTH_MILLIS - remainingMillis > delayMillis;
    }
}
