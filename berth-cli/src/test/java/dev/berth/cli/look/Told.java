package dev.berth.cli.look;

import dev.berth.diagnosis.explain.Incident;
import dev.berth.diagnosis.explain.IncidentGroup;
import dev.berth.diagnosis.explain.LoggedEndpoint;
import dev.berth.diagnosis.explain.LoggedError;
import dev.berth.diagnosis.explain.LoggedSystem;
import dev.berth.diagnosis.explain.Operation;
import dev.berth.diagnosis.explain.Refusal;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An incident as a test writes it: {@code Told.bind(Refusal.ADDRESS_IN_USE).wanting("0.0.0.0", 1433).by("SQL Server")}. */
public final class Told {
    private final Operation operation;
    private final @Nullable Refusal refusal;
    private @Nullable String product;
    private List<String> builtOn = List.of();
    private @Nullable LoggedEndpoint local;
    private @Nullable LoggedEndpoint remote;
    private @Nullable Protocol protocol;
    private @Nullable LoggedSystem system;
    private List<Integer> usualPorts = List.of();
    private boolean byProduct;
    private @Nullable Instant at;

    private Told(Operation operation, @Nullable Refusal refusal) {
        this.operation = operation;
        this.refusal = refusal;
    }

    public static Told bind(@Nullable Refusal refusal) {
        return new Told(Operation.BIND, refusal);
    }

    public static Told connect(@Nullable Refusal refusal) {
        return new Told(Operation.CONNECT, refusal);
    }

    static Told unclear(Refusal refusal) {
        return new Told(Operation.UNKNOWN, refusal);
    }

    Told by(String name, String... on) {
        product = name;
        builtOn = List.of(on);
        return this;
    }

    Told usuallyOn(Integer... ports) {
        usualPorts = List.of(ports);
        return this;
    }

    Told byItsOwnTable() {
        byProduct = true;
        return this;
    }

    /** @param host an address, a name, or {@code *} for none */
    public Told wanting(String host, int port) {
        local = end(host, port);
        return this;
    }

    public Told to(String host, int port) {
        remote = end(host, port);
        return this;
    }

    Told udp() {
        protocol = Protocol.UDP;
        return this;
    }

    Told on(LoggedSystem where) {
        system = where;
        return this;
    }

    Told at(String when) {
        at = Instant.parse(when);
        return this;
    }

    private static LoggedEndpoint end(String host, int port) {
        if (host.equals("*")) {
            return LoggedEndpoint.ofPort(port);
        }
        boolean address = host.contains(":") || Character.isDigit(host.charAt(0));
        return new LoggedEndpoint(address ? null : host, address ? IpAddress.parse(host) : null, port);
    }

    public IncidentGroup group() {
        LoggedError error = refusal == null ? null : new LoggedError(refusal, null, system);
        var incident = new Incident(
                product,
                builtOn,
                operation,
                error,
                local,
                remote,
                protocol,
                system,
                usualPorts,
                byProduct,
                "",
                0,
                1,
                1,
                at);
        return new IncidentGroup(incident, 1, 1, at);
    }
}
