package dev.berth.remedy.plan;

import dev.berth.diagnosis.Aim;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Reservation;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.HostTuning.Persistence;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.ReservedList;
import dev.berth.remedy.plan.PlanRefusedException.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans for Linux. Ports are reserved before a range is set, and what runs is set first. */
final class LinuxPlanning {
    private final Terrain terrain;
    private final PlanOptions options;
    private final Outline outline;

    private LinuxPlanning(Terrain terrain, PlanOptions options) {
        this.terrain = terrain;
        this.options = options;
        this.outline = new Outline(terrain);
    }

    static Plan outline(LinuxWanted wanted, Terrain terrain, PlanOptions options) throws PlanRefusedException {
        return new LinuxPlanning(terrain, options).plan(wanted);
    }

    private Plan plan(LinuxWanted wanted) throws PlanRefusedException {
        if (options.persist() && terrain.isForeign()) {
            throw new PlanRefusedException(
                    Kind.NOT_POSSIBLE,
                    "cannot make it last in the network namespace " + terrain.netns(),
                    "configuration files are for the host's own namespace; another begins with the kernel's defaults",
                    "leave out --persist, and have whoever makes the namespace set it there");
        }
        for (Map.Entry<String, String> value : wanted.values().entrySet()) {
            SettingRules.check(value.getKey(), value.getValue());
        }
        if (wanted.range() != null) {
            RangeRails.check(wanted.range(), terrain, options);
        }
        if (!options.restarts().isEmpty()) {
            outline.note("Linux reserves ports that are held as well, so nothing is restarted.");
        }
        boolean aboutPorts = wanted.range() != null
                || !wanted.reserve().isEmpty()
                || !wanted.release().isEmpty();
        PortRange range = wanted.range();
        if (aboutPorts) {
            PortRange now = rangeNow();
            range = range == null ? now : range;
            ports(wanted, now, range);
        } else {
            range = rangeNow();
        }
        for (Map.Entry<String, String> value : wanted.values().entrySet()) {
            assign(value.getKey(), value.getValue(), range);
        }
        noteTheUntouched();
        return outline.plan();
    }

    private void ports(LinuxWanted wanted, @Nullable PortRange rangeNow, @Nullable PortRange range)
            throws PlanRefusedException {
        var reserving = new LinuxReserving(outline, files());
        ReservedList now = reserving.running();
        PortSet reserve = wanted.reserve();
        if (wanted.range() != null) {
            PortSet lasting = options.persist()
                    ? now.ports().intersect(reserving.nextStart().ports())
                    : now.ports();
            PortSet safe = lasting.minus(wanted.release()).plus(reserve);
            reserve = reserve.plus(RangeRails.servers(wanted.range(), safe, terrain, outline));
            terrain.gaps().forEach(gap -> outline.note("Not seen: %s (%s).".formatted(gap.what(), gap.why())));
        }
        ReservedList target = reserving.target(reserve, wanted.release());
        RangeRails.checkRest(rangeNow, now.ports(), range, target.ports(), terrain, options);
        if (wanted.range() != null) {
            RangeRails.checkParity(wanted.range(), options, other -> {
                RangeRails.check(other, terrain, options);
                RangeRails.checkRest(rangeNow, now.ports(), other, target.ports(), terrain, options);
            });
        }
        Fix.Risk risk = range != null && RangeRails.exposes(wanted.release(), range, terrain, outline)
                ? Fix.Risk.MEDIUM
                : Fix.Risk.LOW;
        reserving.run(reserve, wanted.release(), risk, options.persist());
        if (options.persist()) {
            reserving.persist(reserve, wanted.release(), risk);
        }
        if (wanted.range() != null) {
            String text = wanted.range().first() + " " + wanted.range().last();
            String why = "automatic choice draws from " + wanted.range();
            set(Aim.Draw.SETTING, text, Fix.Risk.MEDIUM, why);
        }
    }

    /** What files say of the list; null where they say nothing about this namespace. */
    private @Nullable Persistence files() throws PlanRefusedException {
        if (terrain.isForeign()) {
            return null;
        }
        Persistence files = terrain.tuning().persistence(Reservation.SETTING);
        if (files == null) {
            if (options.persist()) {
                throw Outline.unreadableFiles(Reservation.SETTING, terrain);
            }
            outline.note("What files reserve could not be read, so it is not merged.");
        }
        return files;
    }

    private void assign(String setting, String value, @Nullable PortRange range) throws PlanRefusedException {
        SettingRules.check(setting, value, outline, range, options);
        set(setting, value, SettingRules.risk(setting), SettingRules.why(setting, value));
    }

    private void set(String setting, String value, Fix.Risk risk, String why) throws PlanRefusedException {
        outline.run(setting, value, risk, why, PortSet.EMPTY);
        if (options.persist()) {
            outline.persist(setting, value, risk, why, PortSet.EMPTY);
        }
    }

    /** Null where it is not known, or is one from port 0. */
    private @Nullable PortRange rangeNow() {
        if (terrain.tuning().read(Aim.Draw.SETTING, Place.RUNNING) instanceof Reading.Value(String text)) {
            return SettingRules.range(text);
        }
        return terrain.settings().policy(Protocol.TCP).dynamic();
    }

    private void noteTheUntouched() {
        if (!terrain.isForeign() && !terrain.others().isEmpty()) {
            outline.note("Other network namespaces (%s) stay as they are; a new one begins with the kernel's defaults."
                    .formatted(Outline.some(
                            terrain.others().stream().map(LinuxPlanning::name).toList())));
        }
    }

    private static String name(Terrain.Neighbour neighbour) {
        String container = neighbour.container();
        return container == null
                ? neighbour.netns().toString()
                : "%s of container %s".formatted(neighbour.netns(), shortened(container));
    }

    private static String shortened(String container) {
        return container.length() > 12 ? container.substring(0, 12) : container; // as docker ps shows it
    }
}
