package dev.berth.platform;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A process, as far as it can be seen. A process id alone is not an identity: a later process may get it; the id together
 * with the start time is one.
 *
 * @param name the short name, as {@code ps -o comm} shows it
 * @param command the command line with secrets masked, or null where it cannot be read or there is none (kernel threads)
 * @param user the user name, or the number where the number has no name; null where unknown
 * @param startedAt when it started, to the precision of the kernel's clock tick
 * @param unit the service manager's name for what it belongs to, such as {@code nginx.service}; where that manager is not the
 *     system's own, after the unit that it runs in, as in {@code user@1000.service/foo.service}; on Windows a service's name, and where services
 *     share a process their names with {@code +} between them
 * @param container the id of the container it runs in
 */
public record ProcessInfo(
        int pid,
        String name,
        @Nullable String command,
        @Nullable String user,
        @Nullable Instant startedAt,
        @Nullable String unit,
        @Nullable String container) {}
