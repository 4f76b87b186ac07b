package dev.berth.remedy.plan;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Reservation;
import dev.berth.net.PortSet;
import dev.berth.platform.HostTuning.Persistence;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.ReservedList;
import dev.berth.platform.Tunable.Assignment;
import dev.berth.remedy.plan.PlanRefusedException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The list of reserved ports of Linux, in both places. A write replaces it whole, so it is merged with what is there: what runs with
 * what runs and with what any file reserves, so that no package loses what it asked for; Berth's own line with every file's
 * list, for it beats them all. What only runs does not get into the file: whoever reserved it until the next restart has
 * said so.
 */
final class LinuxReserving {
    private static final String SETTING = Reservation.SETTING;

    private final Outline outline;
    private final List<Line> others; // files beside Berth's own, in the order in which they are applied
    private final ReservedList own;
    private final @Nullable String ownText;
    private final @Nullable Persistence files;

    /** A line of another file that is a list. */
    private record Line(Assignment source, ReservedList list) {}

    LinuxReserving(Outline outline, @Nullable Persistence files) throws PlanRefusedException {
        this.outline = outline;
        this.files = files;
        this.others = files == null ? List.of() : lines(files);
        this.ownText = files == null ? null : outline.value(SETTING, Place.PERSISTENT);
        this.own = ownText == null ? ReservedList.EMPTY : list(ownText, "Berth's own file");
    }

    private List<Line> lines(Persistence all) {
        var lines = new ArrayList<Line>();
        var assignments = new ArrayList<>(all.before());
        assignments.addAll(all.after());
        for (Assignment assignment : assignments) {
            ReservedList list = SettingValue.readable(assignment.value());
            if (list == null) {
                outline.note("%s is no list of ports, so the kernel refuses it.".formatted(assignment.source()));
            } else {
                lines.add(new Line(assignment, list));
            }
        }
        return lines;
    }

    /** What runs now. */
    ReservedList running() throws PlanRefusedException {
        return list(outline.running(SETTING), "the running list");
    }

    private static ReservedList list(String text, String where) throws PlanRefusedException {
        ReservedList list = SettingValue.readable(text);
        if (list == null) {
            throw new PlanRefusedException(
                    Kind.NOT_POSSIBLE,
                    "cannot tell which ports are reserved",
                    "%s is no list of ports: \"%s\"".formatted(where, text),
                    "correct it: a write would replace it whole");
        }
        return list;
    }

    private ReservedList inFiles() {
        return others.stream().map(Line::list).reduce(own, ReservedList::plus);
    }

    /** What the next start would reserve, as things are: the line that is applied last, whole. */
    ReservedList nextStart() {
        boolean overridden = files != null && !files.after().isEmpty();
        return ownText != null && !overridden || others.isEmpty()
                ? own
                : others.getLast().list();
    }

    /** What is to run. */
    ReservedList target(PortSet reserve, PortSet release) throws PlanRefusedException {
        ReservedList merged =
                reserve.isEmpty() ? running() : running().plus(inFiles()).plus(all(reserve));
        return merged.minus(all(release));
    }

    private static ReservedList all(PortSet ports) {
        return new ReservedList(ports, false);
    }

    /** @param lasting whether Berth's own line is about to be changed as well */
    void run(PortSet reserve, PortSet release, Fix.Risk risk, boolean lasting) throws PlanRefusedException {
        ReservedList target = target(reserve, release);
        outline.run(SETTING, target.toString(), risk, why(reserve, release), reserve.plus(release));
        PortSet more = target.minus(running()).ports().minus(reserve);
        if (!more.isEmpty()) {
            outline.note("Files reserve %s as well, so it is reserved from now on too.".formatted(more.inShort()));
        }
        for (Line line : others) {
            PortSet again = line.list().ports().intersect(release);
            if (!again.isEmpty()) {
                outline.note("%s reserves %s again at the next start."
                        .formatted(line.source().source(), again.inShort()));
            }
        }
        PortSet mine = own.ports().intersect(release);
        if (!lasting && !mine.isEmpty()) {
            outline.note("Berth's own file reserves %s again at the next start; --persist takes it out there as well."
                    .formatted(mine.inShort()));
        }
    }

    void persist(PortSet reserve, PortSet release, Fix.Risk risk) throws PlanRefusedException {
        for (Line line : others) {
            PortSet kept = line.list().ports().intersect(release);
            if (!kept.isEmpty()) {
                throw new PlanRefusedException(
                        Kind.BAD_REQUEST,
                        "cannot release %s for the next start".formatted(kept.inShort()),
                        "%s reserves it, and Berth changes no file but its own"
                                .formatted(line.source().source()),
                        "take it out of that line, then again; without --persist it is released until the next restart");
            }
        }
        if (reserve.isEmpty()) {
            release(release, risk);
            return;
        }
        String target = inFiles().plus(all(reserve)).minus(all(release)).toString();
        if (files != null && !coveredLater(files, reserve)) {
            outline.persist(SETTING, target, risk, why(reserve, release), reserve.plus(release));
        }
        PortSet onlyNow =
                running().ports().minus(inFiles().ports()).minus(reserve).minus(release);
        if (!onlyNow.isEmpty()) {
            outline.note(
                    "%s stays reserved until the next restart only: no file says so.".formatted(onlyNow.inShort()));
        }
        if (ReservedList.isLongerThanOneWrite(target)) {
            outline.note(
                    ("The line in Berth's own file is longer than a page: systemd-sysctl puts all of it in force at the "
                                    + "next start, and \"sysctl -p\" of procps only the first %,d bytes of the list.")
                            .formatted(ReservedList.ONE_WRITE_BYTES));
        }
    }

    private void release(PortSet release, Fix.Risk risk) {
        ReservedList left = own.minus(all(release));
        if (!left.equals(own)) {
            String text = left.equals(ReservedList.EMPTY) ? null : left.toString();
            outline.assign(SETTING, ownText, text, risk, why(PortSet.EMPTY, release), release);
        }
    }

    /** Whether a file that beats Berth's own reserves all of it anyway. */
    private boolean coveredLater(Persistence all, PortSet reserve) {
        if (all.after().isEmpty() || others.isEmpty()) {
            return false;
        }
        Line last = others.getLast();
        boolean covers = last.source().equals(all.after().getLast())
                && inFiles().plus(all(reserve)).minus(last.list()).equals(ReservedList.EMPTY);
        if (covers) {
            outline.note("%s reserves it for the next start already."
                    .formatted(last.source().source()));
        }
        return covers;
    }

    private static String why(PortSet reserve, PortSet release) {
        String kept = reserve.isEmpty() ? "" : "automatic choice passes over " + reserve.inShort();
        String given = release.isEmpty() ? "" : "automatic choice may draw " + release.inShort() + " again";
        return List.of(kept, given).stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(", and "));
    }
}
