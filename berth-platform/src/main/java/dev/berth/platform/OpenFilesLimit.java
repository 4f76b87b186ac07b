package dev.berth.platform;

/**
 * How many descriptors a process may have open at once: RLIMIT_NOFILE of getrlimit(2).
 *
 * @param soft the limit in force
 * @param hard up to where it may be raised without privilege
 */
public record OpenFilesLimit(long soft, long hard) {}
