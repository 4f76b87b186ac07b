package dev.berth.remedy.apply;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning;
import dev.berth.platform.ReservedList;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.journal.Deaths;
import dev.berth.remedy.plan.FamilyRanges;
import dev.berth.remedy.plan.SettingValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Settings whose reader and writer may die before, after, and between the page-sized writes of a long list. */
record MortalTuning(HostTuning host, Deaths deaths) implements HostTuning {
    private static final int PAGE = ReservedList.ONE_WRITE_BYTES;

    @Override
    public Reading read(String setting, Place place) {
        deaths.point();
        return host.read(setting, place);
    }

    @Override
    public ActOutcome write(String setting, Place place, @Nullable String text) {
        deaths.point();
        if (text != null && place == Place.RUNNING && SettingValue.isList(setting)) {
            ReservedList found = list(host.read(setting, place) instanceof Reading.Value(String now) ? now : "");
            boolean grows =
                    list(text).covers(found); // then each page adds to what is there, or else the first replaces it
            for (int page = PAGE; page < text.length(); page += PAGE) {
                ReservedList written = list(text.substring(0, text.lastIndexOf(',', page - 1)));
                host.write(setting, place, (grows ? found.plus(written) : written).toString());
                deaths.point();
            }
        }
        if (text != null && WindowsSetting.isOne(setting)) {
            writeInPart(setting, place, text);
        }
        ActOutcome outcome = host.write(setting, place, text);
        deaths.point();
        return outcome;
    }

    /** netsh excludes one run of ports at a time, and sets a range for one family at a time. */
    private void writeInPart(String setting, Place place, String text) {
        if (!(host.read(setting, place) instanceof Reading.Value(String found))) {
            return;
        }
        if (WindowsSetting.isDynamicPorts(setting)) {
            FamilyRanges there = Objects.requireNonNull(FamilyRanges.parse(found));
            FamilyRanges wanted = Objects.requireNonNull(FamilyRanges.parse(text));
            host.write(setting, place, new FamilyRanges(wanted.ipv4(), there.ipv6()).toString());
            deaths.point();
        } else if (WindowsSetting.isExcludedPorts(setting)) {
            ReservedList now = list(found);
            for (PortRange run : list(text).minus(now).ports().ranges()) {
                now = now.plus(new ReservedList(PortSet.of(run), false));
                host.write(setting, place, now.toString());
                deaths.point();
            }
            for (PortRange run : now.minus(list(text)).ports().ranges()) {
                now = now.minus(new ReservedList(PortSet.of(run), false));
                host.write(setting, place, now.toString());
                deaths.point();
            }
        }
    }

    private static ReservedList list(String text) {
        return Objects.requireNonNull(ReservedList.parse(text));
    }

    @Override
    public @Nullable ActOutcome obstacle(String setting, Place place) {
        return host.obstacle(setting, place);
    }

    @Override
    public @Nullable Persistence persistence(String setting) {
        return host.persistence(setting);
    }

    @Override
    public String startId() {
        return host.startId();
    }
}
