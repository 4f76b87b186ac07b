package dev.berth.remedy.render;

import dev.berth.net.PortRange;
import dev.berth.remedy.policy.Policy;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a policy says, as lines of comments: names and destinations, which no engine but Berth has a place for. */
final class PolicyInWords {
    private PolicyInWords() {}

    /** Each line of the comment after {@code mark} and a blank, every line ended. */
    static String commented(String mark, Policy policy, String... head) {
        return Stream.concat(Stream.of(head), lines(policy).stream())
                .map(line -> (mark + " " + line).stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    /** In letters that every code page has: Windows may read a file without a mark in any. */
    static String ascii(String comment) {
        return comment.replaceAll("[^\\x20-\\x7e\\n]", "?");
    }

    private static List<String> lines(Policy policy) {
        return Stream.of(
                        policy.services().stream().map(PolicyInWords::line),
                        policy.destinations().stream().map(PolicyInWords::line))
                .flatMap(lines -> lines)
                .map(PolicyInWords::onOneLine)
                .toList();
    }

    private static String line(Policy.Service service) {
        String ports =
                service.ports().ranges().stream().map(PortRange::toString).collect(Collectors.joining(", "));
        return service.protocol().label() + " " + ports
                + (service.address() == null ? "" : " at " + service.address())
                + ": " + service.name();
    }

    private static String line(Policy.Destination destination) {
        return "connects to %s: at most %s a second, each held for %s s"
                .formatted(
                        destination.to(),
                        plain(destination.peakConnectionsPerSecond()),
                        plain(destination.holdSeconds()));
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /** No line break of any kind, nothing that turns the text around, and nothing that YAML forbids. */
    private static String onOneLine(String foreign) {
        return foreign.replaceAll("[^\\p{Print}\\p{L}\\p{M}\\p{N}]", "?");
    }
}
