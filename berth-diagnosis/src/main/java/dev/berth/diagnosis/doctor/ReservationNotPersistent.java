package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Reservation;
import dev.berth.net.PortSet;
import dev.berth.platform.HostTuning;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.Tunable;
import dev.berth.platform.Tunable.Assignment;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Ports are reserved now, and the next start forgets them: no file says so, or one that is applied later says otherwise.
 *
 * @param lines what files assign, in the order in which it is applied: the last list replaces the others
 */
record ReservationNotPersistent(PortSet ports, List<Assignment> lines) implements Finding {
    ReservationNotPersistent {
        lines = List.copyOf(lines);
    }

    static void find(Examined host, Consumer<Finding> found) {
        PortPolicy policy = host.tcp();
        PortSet inFiles = policy.persistent().reserved();
        PortSet forgotten =
                inFiles == null ? policy.reserved() : policy.reserved().minus(inFiles);
        if (host.configuredByFiles() && !forgotten.isEmpty()) {
            Tunable list = host.settings().tunables().get(Reservation.SETTING);
            found.accept(new ReservationNotPersistent(forgotten, list == null ? List.of() : list.assignments()));
        }
    }

    @Override
    public String id() {
        return "reservation-not-persistent";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public String title() {
        return "%s reserved until the next restart only"
                .formatted(ports.size() == 1 ? "Port " + ports + " is" : "Ports " + ports.inShort() + " are");
    }

    @Override
    public List<String> evidence() {
        PortSet said = PortSet.EMPTY;
        for (Assignment line : lines) {
            said = said.plus(of(line));
        }
        PortSet unsaid = ports.minus(said);
        String nobody = "The kernel passes over %s now, and no sysctl file says so.".formatted(unsaid.inShort());
        if (unsaid.equals(ports)) {
            return List.of(nobody);
        }
        Assignment last = lines.getLast();
        String saying = lines.stream()
                .filter(line -> !of(line).isEmpty())
                .map(line -> line.source() + " reserves " + of(line).inShort())
                .collect(Collectors.joining(", "));
        String replaced = "%s; %s is applied after that, and at the next start its list replaces the others."
                .formatted(saying, last.source());
        return unsaid.isEmpty() ? List.of(replaced) : List.of(replaced, nobody);
    }

    /** Those of the ports that a line reserves. */
    private PortSet of(Assignment line) {
        try {
            return PortSet.parse(line.value()).intersect(ports);
        } catch (IllegalArgumentException noList) {
            return PortSet.EMPTY;
        }
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        Assignment beats = beatsBerthsOwn();
        return List.of(
                beats == null
                        ? Reservation.lasting(ports, settings)
                        : new Fix(
                                "correct-file",
                                "take the line out of %s, or add %s to it: it is applied after Berth's own file, where nothing can beat it"
                                        .formatted(beats.source(), ports.inShort()),
                                null,
                                Fix.Risk.LOW,
                                true));
    }

    /** The line that Berth's own file could not beat; null where there is none. */
    private @Nullable Assignment beatsBerthsOwn() {
        if (lines.isEmpty()) {
            return null;
        }
        Assignment last = lines.getLast();
        boolean own = last.file().equals(HostTuning.OWN_FILE);
        boolean later = lines.stream().anyMatch(line -> line.file().equals(HostTuning.OWN_FILE))
                || name(last.file()).compareTo(name(HostTuning.OWN_FILE)) > 0;
        return !own && later ? last : null;
    }

    private static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
