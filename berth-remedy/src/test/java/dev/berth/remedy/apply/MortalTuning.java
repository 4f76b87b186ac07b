package dev.berth.remedy.apply;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning;
import dev.berth.remedy.journal.Deaths;
import dev.berth.remedy.plan.SettingValue;
import org.jspecify.annotations.Nullable;

/** Settings whose reader and writer may die before, after, and between the page-sized writes of a long list. */
record MortalTuning(HostTuning host, Deaths deaths) implements HostTuning {
    private static final int PAGE = 4_096;

    @Override
    public Reading read(String setting, Place place) {
        deaths.point();
        return host.read(setting, place);
    }

    @Override
    public ActOutcome write(String setting, Place place, @Nullable String text) {
        deaths.point();
        if (text != null && place == Place.RUNNING && SettingValue.isList(setting)) {
            for (int page = PAGE; page < text.length(); page += PAGE) {
                host.write(setting, place, text.substring(0, text.lastIndexOf(',', page - 1)));
                deaths.point();
            }
        }
        ActOutcome outcome = host.write(setting, place, text);
        deaths.point();
        return outcome;
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
