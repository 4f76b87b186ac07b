package dev.berth.remedy.policy;

/**
 * One mistake in a policy.
 *
 * @param line counts from 1; 0 where the whole file is at fault
 * @param column counts from 1; 0 where the whole file is at fault
 */
public record Fault(int line, int column, String what, String why, String next) {
    /** {@code berth.yaml:4:11: '70000' is not a port}. */
    public String in(String source) {
        return line == 0 ? source + ": " + what : "%s:%d:%d: %s".formatted(source, line, column, what);
    }
}
