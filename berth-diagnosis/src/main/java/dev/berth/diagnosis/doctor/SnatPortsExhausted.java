package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Fix;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Source NAT on this host finds no port for new connections that pass through it, or found none at some time since boot.
 *
 * @param refused packets of new connections that connection tracking could not enter and dropped
 * @param earlier the look since which they were refused; null where they are a sum since boot
 */
record SnatPortsExhausted(long refused, @Nullable EarlierLook earlier) implements Finding {
    private static final String INSERT_FAILED = "nf_conntrack.insert_failed";
    private static final String DROP = "nf_conntrack.drop";

    private static final List<Fix> WAYS_OUT = List.of(
            new Fix(
                    "reuse-connections",
                    "keep the clients' connections open and use them again: keep-alive, a pool, HTTP/2",
                    null,
                    Fix.Risk.LOW,
                    true),
            new Fix(
                    "add-snat-addresses",
                    "translate to more addresses: each has its own ports towards every destination; of a range, a client "
                            + "gets one and the same for all its connections to a server",
                    null,
                    Fix.Risk.LOW,
                    true),
            new Fix(
                    "widen-snat-ports",
                    "give the SNAT or masquerade rule more ports (--to-source, --to-ports, \"to :1024-65535\"), "
                            + "and --random-fully, so that two connections rarely try the same one at once",
                    null,
                    Fix.Risk.MEDIUM,
                    true));

    static void find(Examined host, Consumer<Finding> found) {
        Settings settings = host.settings();
        EarlierLook earlier = host.earlier();
        long rising =
                earlier == null ? 0 : Math.min(earlier.rise(INSERT_FAILED, settings), earlier.rise(DROP, settings));
        long sum = Math.min(
                settings.counter(INSERT_FAILED).orElse(0),
                settings.counter(DROP).orElse(0)); // either alone is something else
        if (rising > 0) {
            found.accept(new SnatPortsExhausted(rising, earlier));
        } else if (sum > 0) {
            found.accept(new SnatPortsExhausted(sum, null));
        }
    }

    @Override
    public String id() {
        return "snat-ports-exhausted";
    }

    @Override
    public Severity severity() {
        return earlier == null ? Severity.INFO : Severity.CRITICAL;
    }

    @Override
    public String title() {
        return earlier == null
                ? "SNAT may have run out of ports since boot: %d packets of new connections were dropped (an inference)"
                        .formatted(refused)
                : "SNAT runs out of ports: %d packets of new connections were dropped %s"
                        .formatted(refused, earlier.within());
    }

    @Override
    public List<String> evidence() {
        String races =
                "Two first packets of one flow that race, such as parallel DNS queries over UDP, raise the same counters.";
        String limit = "The limit is for each protocol, SNAT address, destination address and destination port.";
        return earlier == null
                ? List.of(
                        races,
                        "insert_failed and drop of nf_conntrack are %d or more, sums since boot or since the namespace was made; two looks would tell whether they rise."
                                .formatted(refused),
                        limit)
                : List.of(
                        "insert_failed and drop of nf_conntrack rose together, by %d or more.".formatted(refused),
                        "Clients whose connections find no port hang in connect and time out; none gets EADDRNOTAVAIL.",
                        limit,
                        races);
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        if (earlier != null) {
            return WAYS_OUT;
        }
        var fixes = new ArrayList<Fix>();
        fixes.add(EarlierLook.LOOK_TWICE);
        fixes.addAll(WAYS_OUT);
        return fixes;
    }
}
