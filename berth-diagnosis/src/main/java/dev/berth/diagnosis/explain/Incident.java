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
 * @param error how the system refused; null where the product keeps it to itself
 * @param local the end that the program wanted for itself
 * @param remote the end that it wanted to reach
 * @param protocol null where the lines do not tell, which is nearly always TCP
 * @param system the kind of system that printed the lines
 * @param usualPorts the ports that the product has by default, where the lines carry none: a guess
 * @param refusedByProduct whether the product's own table refused the port, and no system was asked
 * @param text the line that says most, as written, at most {@value #LONGEST} characters of it
 * @param firstLine the number of the first line that belongs to it, from 1
 * @param lastLine that of the last
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
        long firstLine,
        long lastLine,
        @Nullable Instant at) {
    public static final int LONGEST = 1_000;

    /** Of a product that is built on nothing that is known. */
    public Incident(
            @Nullable String product,
            Operation operation,
            @Nullable LoggedError error,
            @Nullable LoggedEndpoint local,
            @Nullable LoggedEndpoint remote,
            @Nullable Protocol protocol,
            @Nullable LoggedSystem system,
            List<Integer> usualPorts,
            boolean refusedByProduct,
            String text,
            long firstLine,
            long lastLine,
            @Nullable Instant at) {
        this(
                product,
                List.of(),
                operation,
                error,
                local,
                remote,
                protocol,
                system,
                usualPorts,
                refusedByProduct,
                text,
                firstLine,
                lastLine,
                at);
    }

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

    /** The same, with {@code ***} for each secret in the text. */
    Incident withoutSecrets() {
        return new Incident(
                product,
                operation,
                error,
                local,
                remote,
                protocol,
                system,
                usualPorts,
                refusedByProduct,
                SecretMask.line(text),
                firstLine,
                lastLine,
                at);
    }
}
