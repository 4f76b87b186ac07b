package dev.berth.diagnosis.explain;

import dev.berth.net.Protocol;
import dev.berth.platform.SecretMask;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Once that a port was not to be had, as the lines of a log tell it. What they do not carry is null.
 *
 * @param product who wrote the lines; null where nothing gives it away
 * @param builtOn what that product is built on, by name: {@code Java} for Tomcat
 * @param operation what the program wanted of the system
 * @param error how the system refused; null where the product keeps it to itself
 * @param local the end that the program wanted for itself
 * @param remote the end that it wanted to reach
 * @param protocol null where the lines do not tell, which is nearly always TCP
 * @param system the kind of system that printed the lines
 * @param usualPorts the ports that the product has by default, where the lines carry none: a guess
 * @param refusedByProduct whether the product's own table refused the port, and no system was asked
 * @param text the line that says most, as written; {@link Tally} masks what is secret in it, and leaves at most
 *     {@value #LONGEST} characters
 * @param tellsAt where in the text what was recognised begins, from 0
 * @param firstLine the number of the first line that belongs to it, from 1
 * @param lastLine that of the last
 * @param at when the first of them was written; null where the lines do not tell
 */
public record Incident(
        @Nullable String product,
        List<String> builtOn,
        Operation operation,
        @Nullable LoggedError error,
        @Nullable LoggedEndpoint local,
        @Nullable LoggedEndpoint remote,
        @Nullable Protocol protocol,
        @Nullable LoggedSystem system,
        List<Integer> usualPorts,
        boolean refusedByProduct,
        String text,
        int tellsAt,
        long firstLine,
        long lastLine,
        @Nullable Instant at) {
    public static final int LONGEST = 1_000;

    private static final int BEFORE = LONGEST / 3; // shown of a longer text, before what was recognised

    public Incident {
        builtOn = List.copyOf(builtOn);
        usualPorts = List.copyOf(usualPorts);
    }

    /** How the system refused; null where the lines do not tell. */
    public @Nullable Refusal refusal() {
        return error == null ? null : error.refusal();
    }

    /** The local port that the lines carry; null where they carry none, or the system was to choose. */
    public @Nullable Integer wantedPort() {
        return local == null || local.port() == null || local.port() == 0 ? null : local.port();
    }

    /** Whether the system was asked to choose a port to listen on, and had none. */
    public boolean anyPortWanted() {
        return operation.wantsPort() && local != null && Integer.valueOf(0).equals(local.port());
    }

    /** The same, with {@code ***} for each secret in the text, and cut to what can be shown. */
    Incident withoutSecrets() {
        String masked = SecretMask.line(text);
        int tells = Math.max(
                0, masked.length() - SecretMask.line(text.substring(tellsAt)).length());
        int from = masked.length() <= LONGEST || tells <= BEFORE ? 0 : tells - BEFORE;
        String shown = masked.substring(from, Math.min(masked.length(), from + LONGEST))
                .strip();
        return new Incident(
                product,
                builtOn,
                operation,
                error,
                local,
                remote,
                protocol,
                system,
                usualPorts,
                refusedByProduct,
                shown,
                Math.min(tells - from, shown.length()),
                firstLine,
                lastLine,
                at);
    }
}
