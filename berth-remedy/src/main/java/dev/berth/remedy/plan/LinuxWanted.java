package dev.berth.remedy.plan;

import dev.berth.diagnosis.Aim;
import dev.berth.diagnosis.Reservation;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.remedy.plan.PlanRefusedException.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What several aims come to on Linux, which keeps one list and one range for both protocols.
 *
 * @param range null where none is to be set
 * @param values by setting, in the order of the aims
 */
record LinuxWanted(
        PortSet reserve, PortSet release, @Nullable PortRange range, SequencedMap<String, String> values) {

    static LinuxWanted of(List<Aim> aims) throws PlanRefusedException {
        PortSet reserve = PortSet.EMPTY;
        PortSet release = PortSet.EMPTY;
        PortRange range = null;
        var values = new LinkedHashMap<String, String>();
        for (Aim aim : aims) {
            switch (aim) {
                case Aim.Reserve(PortSet ports, var _) -> reserve = reserve.plus(ports);
                case Aim.Release(PortSet ports, var _) -> release = release.plus(ports);
                case Aim.Draw(PortRange wanted, var _) -> range = one(Aim.Draw.SETTING, range, wanted);
                case Aim.Remove(String setting) ->
                    throw new PlanRefusedException(
                            Kind.BAD_REQUEST,
                            "cannot take out " + setting,
                            "a setting of Linux always has a value",
                            "set it to the one that you want");
                case Aim.Assign(String setting, String value) -> {
                    refuseOwnCommands(setting);
                    String words = String.join(" ", value.strip().split("\\s+"));
                    values.put(setting, one(setting, values.get(setting), words));
                }
            }
        }
        PortSet both = reserve.intersect(release);
        if (!both.isEmpty()) {
            throw contradiction(
                    "cannot reserve %s and release %s".formatted(both, both.size() == 1 ? "it" : "them"),
                    "two of the aims contradict each other");
        }
        return new LinuxWanted(reserve, release, range, values);
    }

    private static <T> T one(String setting, @Nullable T before, T now) throws PlanRefusedException {
        if (before != null && !before.equals(now)) {
            throw contradiction(
                    "cannot set %s twice".formatted(setting), "it is to be %s, and %s".formatted(before, now));
        }
        return now;
    }

    private static void refuseOwnCommands(String setting) throws PlanRefusedException {
        if (setting.equals(Reservation.SETTING) || setting.equals(Aim.Draw.SETTING)) {
            throw new PlanRefusedException(
                    Kind.BAD_REQUEST,
                    "cannot set %s as text".formatted(setting),
                    "a list of ports is merged with what is there, and a range is examined first",
                    "berth reserve, berth unreserve, berth range set");
        }
    }

    private static PlanRefusedException contradiction(String what, String why) {
        return new PlanRefusedException(Kind.BAD_REQUEST, what, why, "ask for one of them");
    }
}
