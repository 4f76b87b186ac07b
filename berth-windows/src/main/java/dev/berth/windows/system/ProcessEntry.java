package dev.berth.windows.system;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A process as Windows tells of it.
 *
 * @param name the file name of its program, such as {@code sqlservr.exe}
 * @param path of its program; null where this user may not know
 * @param command its command line, secrets and all; null where this user may not know
 * @param user {@code DOMAIN\name}; null where this user may not know
 * @param startedAt null where this user may not know
 */
public record ProcessEntry(
        int pid,
        int parent,
        String name,
        @Nullable String path,
        @Nullable String command,
        @Nullable String user,
        @Nullable Instant startedAt) {}
