package dev.berth.platform;

/**
 * Which failures to be told of. Automatic connects that find no local port always are.
 *
 * @param calls also the calls of bind() and listen() that fail, which slows every system call of every process down a little
 *     while they are watched
 * @param everyNamespace those of every network namespace, not of one
 */
public record FailureQuery(boolean calls, boolean everyNamespace) {}
