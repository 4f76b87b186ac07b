package dev.berth.windows.settings;

import dev.berth.platform.Gap;
import dev.berth.platform.Tunable;
import dev.berth.platform.WindowsSetting;
import dev.berth.windows.system.ServiceEntry;
import dev.berth.windows.system.WindowsErrorException;
import dev.berth.windows.system.WindowsSystem;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Whether the services run that take blocks of ports for containers and virtual machines. */
final class ServiceStates {
    /** WinNAT is a driver, and the Host Networking Service uses it. */
    private static final Set<String> NAMES = Set.of("winnat", "hns");

    private ServiceStates() {}

    static void read(WindowsSystem system, Consumer<Tunable> found, Consumer<Gap> missing) {
        try {
            for (ServiceEntry service : system.services()) {
                String name = service.name().toLowerCase(Locale.ROOT);
                if (NAMES.contains(name)) {
                    String state = service.running() ? WindowsSetting.RUNNING : WindowsSetting.STOPPED;
                    found.accept(new Tunable(WindowsSetting.service(name), state, List.of()));
                }
            }
        } catch (WindowsErrorException e) {
            missing.accept(new Gap(
                    "whether WinNAT and the Host Networking Service run",
                    "the service manager does not tell: " + e.getMessage()));
        }
    }
}
