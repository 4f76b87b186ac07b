package dev.berth.diagnosis;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Tunable;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds settings that a file sets and that are not in force. */
final class PersistentNotActiveDetector implements Detector {
    private static final String RANGE = "net.ipv4.ip_local_port_range";
    private static final Set<String> COMPARED_BY_MEANING = Set.of(RANGE, Reservation.SETTING);

    @Override
    public void examine(Examined host, Consumer<Finding> found) {
        if (!host.configuredByFiles()) {
            return;
        }
        examineRange(host.tcp(), found);
        examineReserved(host.tcp(), found);
        host.settings().tunables().values().stream()
                .filter(tunable -> !COMPARED_BY_MEANING.contains(tunable.name()))
                .forEach(tunable -> examine(tunable, found));
    }

    private static void examineRange(PortPolicy policy, Consumer<Finding> found) {
        PortRange running = policy.dynamic();
        PortRange inFiles = policy.persistent().dynamic();
        if (running != null && inFiles != null && !running.equals(inFiles)) {
            found.accept(new Finding.PersistentNotActive(
                    RANGE, text(inFiles), source(policy.persistent().dynamicSource()), text(running)));
        }
    }

    private static void examineReserved(PortPolicy policy, Consumer<Finding> found) {
        PortSet inFiles = policy.persistent().reserved();
        if (inFiles != null
                && !inFiles.minus(policy.reserved()).isEmpty()) { // more than the files say is another finding
            found.accept(new Finding.PersistentNotActive(
                    Reservation.SETTING,
                    inFiles.toString(),
                    source(policy.persistent().reservedSource()),
                    policy.reserved().toString()));
        }
    }

    private static void examine(Tunable tunable, Consumer<Finding> found) {
        Tunable.Assignment inFiles = tunable.persistent();
        String running = tunable.running();
        if (inFiles != null && running != null && !words(inFiles.value()).equals(words(running))) {
            found.accept(new Finding.PersistentNotActive(
                    tunable.name(), words(inFiles.value()), inFiles.source(), words(running)));
        }
    }

    private static String text(PortRange range) { // as the kernel takes it
        return range.first() + " " + range.last();
    }

    private static String words(String value) { // the kernel separates with tabs, people with blanks
        return value.strip().replaceAll("\\s+", " ");
    }

    private static String source(@Nullable String source) {
        return Objects.requireNonNullElse(source, "a file");
    }
}
