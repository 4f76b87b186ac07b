package dev.berth.diagnosis;

import dev.berth.net.IpAddress;
import dev.berth.net.rule.TimeWaitReuse;
import dev.berth.platform.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Whether outgoing connections may take over a TIME_WAIT on this host; see {@link TimeWaitReuse}.
 *
 * @param mode {@code tcp_tw_reuse}, or null where it could not be read
 * @param timestamps {@code tcp_timestamps}, or null where it could not be read
 * @param delayMillis {@code tcp_tw_reuse_delay}; a second on kernels that have no such setting
 */
public record Recycling(@Nullable Integer mode, @Nullable Boolean timestamps, int delayMillis) {
    public static final String SETTING = "net.ipv4.tcp_tw_reuse";

    private static final int A_SECOND = 1000;

    public static Recycling of(Settings settings) {
        Integer timestamps = number(settings, SettingNames.TIMESTAMPS);
        Integer delay = number(settings, SettingNames.REUSE_DELAY);
        return new Recycling(
                number(settings, SETTING),
                timestamps == null ? null : timestamps != 0,
                delay == null ? A_SECOND : delay);
    }

    private static @Nullable Integer number(Settings settings, String name) {
        String text = settings.running(name);
        return text != null && text.matches("[0-9]{1,9}") ? Integer.valueOf(text) : null;
    }

    /** What is unknown counts as no: a TIME_WAIT is not promised to anybody. */
    public TimeWaitReuse rule() {
        return new TimeWaitReuse(mode == null ? 0 : mode, Boolean.TRUE.equals(timestamps), delayMillis);
    }

    /** Whether a TIME_WAIT between these two may be taken over, once it is old enough. */
    public boolean allowed(@Nullable IpAddress source, IpAddress destination) {
        return rule().allows(source == null ? destination : source, destination, 0);
    }

    public boolean known() {
        return mode != null && timestamps != null;
    }

    /** Whether {@code tcp_tw_reuse=1} would let more be taken over than now. */
    public boolean couldHelp() {
        return known() && mode() != null && mode() != 1 && Boolean.TRUE.equals(timestamps);
    }
}
