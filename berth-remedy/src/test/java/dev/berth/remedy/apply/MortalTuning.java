package dev.berth.remedy.apply;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning;
import dev.berth.platform.ReservedList;
import dev.berth.remedy.journal.Deaths;
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
        ActOutcome outcome = host.write(setting, place, text);
        deaths.point();
        return outcome;
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
