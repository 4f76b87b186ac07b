package dev.berth.diagnosis;

/**
 * What the system's own tools call the settings that several rules are about. Others have theirs with their subject: {@link
 * Aim.Draw#SETTING}, {@link Reservation#SETTING}, {@link Recycling#SETTING}, {@link FirstUnprivileged#SETTING}.
 */
public final class SettingNames {
    /** How many TIME_WAITs are kept. */
    public static final String MOST_TIME_WAITS = "net.ipv4.tcp_max_tw_buckets";

    /** How old a TIME_WAIT is before it may be taken over, in milliseconds; Linux 6.14. */
    public static final String REUSE_DELAY = "net.ipv4.tcp_tw_reuse_delay";

    public static final String TIMESTAMPS = "net.ipv4.tcp_timestamps";

    /** How many connections are tracked; read only. */
    public static final String TRACKED = "net.netfilter.nf_conntrack_count";

    /** How many may be. */
    public static final String MOST_TRACKED = "net.netfilter.nf_conntrack_max";

    /** How many lists they are kept in. */
    public static final String TRACKED_BUCKETS = "net.netfilter.nf_conntrack_buckets";

    /** How long a closed connection stays tracked, in seconds. */
    public static final String TRACKED_TIME_WAIT = "net.netfilter.nf_conntrack_tcp_timeout_time_wait";

    private SettingNames() {}
}
