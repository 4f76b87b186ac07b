package dev.berth.diagnosis;

import dev.berth.platform.Settings;
import dev.berth.platform.WindowsSetting;
import java.util.List;
import java.util.stream.Stream;

/** The services of Windows that put blocks of 100 ports into the dynamic range, wherever it lies, at each start. */
public final class BlockMakers {
    private BlockMakers() {}

    /** The names of those that run; what is not known to run is left out. */
    public static List<String> running(Settings settings) {
        return Stream.of("winnat", "hns")
                .filter(name -> WindowsSetting.RUNNING.equals(settings.running(WindowsSetting.service(name))))
                .toList();
    }
}
