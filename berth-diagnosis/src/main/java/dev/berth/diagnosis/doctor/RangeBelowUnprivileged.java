package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Aim;
import dev.berth.diagnosis.FirstUnprivileged;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Reservation;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The dynamic range reaches down to the system ports, or a file asks for a range that the kernel refuses for that reason.
 *
 * @param firstUnprivileged {@code ip_unprivileged_port_start}, now or as the next start sets it
 * @param systemPorts the ports below 1024 that could be drawn
 * @param source the file and line that sets the range; null where it is the running one
 */
record RangeBelowUnprivileged(
        PortRange range,
        int firstUnprivileged,
        PortSet systemPorts,
        @Nullable String source) implements Finding {
    private static final int FIRST_USER_PORT = FirstUnprivileged.DEFAULT;
    private static final PortSet SYSTEM_PORTS = PortSet.of(new PortRange(1, FIRST_USER_PORT - 1));

    static void find(Examined host, Consumer<Finding> found) {
        PortPolicy policy = host.tcp();
        PortRange running = policy.dynamic();
        PortSet drawable = policy.drawable().intersect(SYSTEM_PORTS);
        if (running != null && !drawable.isEmpty()) {
            Integer first = policy.firstUnprivileged();
            found.accept(new RangeBelowUnprivileged(running, first == null ? running.first() : first, drawable, null));
        }
        PortPolicy.Persistent files = policy.persistent();
        PortRange inFiles = files.dynamic();
        String source = files.dynamicSource();
        if (!host.configuredByFiles() || inFiles == null || source == null) {
            return;
        }
        PortSet reserved = files.reserved();
        PortSet later = PortSet.of(inFiles).minus(reserved == null ? PortSet.EMPTY : reserved);
        int first = FirstUnprivileged.atNextStart(host.settings());
        PortSet drawableLater = later.intersect(SYSTEM_PORTS);
        boolean handsOut = !drawableLater.isEmpty() && !inFiles.equals(running); // as it does now, which has been said
        if (inFiles.first() < first || handsOut) {
            found.accept(new RangeBelowUnprivileged(inFiles, first, drawableLater, source));
        }
    }

    /** Whether the kernel will not take the range that the files set. */
    static boolean refusesFiles(Settings settings, PortRange inFiles) {
        return inFiles.first() < FirstUnprivileged.atNextStart(settings);
    }

    private boolean refused() {
        return source != null && range.first() < firstUnprivileged;
    }

    @Override
    public String id() {
        return "range-below-unprivileged";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public String title() {
        if (refused()) {
            return "The kernel refuses the dynamic range %s that %s sets".formatted(range, source);
        }
        return source == null
                ? "Automatic choice may hand out system ports: the dynamic range is %s".formatted(range)
                : "Automatic choice will hand out system ports: %s sets the dynamic range %s".formatted(source, range);
    }

    @Override
    public List<String> evidence() {
        if (refused()) {
            return List.of(
                    "It begins below ip_unprivileged_port_start, which is %d at the next start."
                            .formatted(firstUnprivileged),
                    "Such a write fails with EINVAL, so at boot the range stays as it was before that line.");
        }
        return List.of(
                "ip_unprivileged_port_start is %d%s; with 1024, its default, the kernel would refuse this range."
                        .formatted(firstUnprivileged, source == null ? "" : " at the next start"),
                "%d ports below 1024 are not reserved: a client may be given one while its server is down."
                        .formatted(systemPorts.size()));
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        var fixes = new ArrayList<Fix>();
        if (!refused()) {
            fixes.addAll(Reservation.of(systemPorts, settings));
        }
        if (source != null) {
            fixes.add(new Fix(
                    "correct-file",
                    "let the range in %s begin at %d or above"
                            .formatted(source, Math.max(firstUnprivileged, FIRST_USER_PORT)),
                    null,
                    Fix.Risk.LOW,
                    true));
        } else {
            int first = range.last() % 2 == 0 ? FIRST_USER_PORT + 1 : FIRST_USER_PORT; // ends of different parity
            String id = "raise-range-start";
            String summary = "draw from %d upwards until the next restart".formatted(first);
            fixes.add(
                    range.last() < first
                            ? new Fix(id, summary, null, Fix.Risk.LOW, false)
                            : Fix.until(id, summary, Fix.Risk.LOW, new Aim.Draw(new PortRange(first, range.last()))));
        }
        return fixes;
    }
}
