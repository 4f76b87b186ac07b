package dev.berth.linux.tuning;

import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.Namespaces;
import dev.berth.linux.settings.SysctlConfiguration;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The settings of one network namespace of the running Linux. */
public final class LinuxTuning implements HostTuning {
    private static final String OTHER_NAMESPACE = "sysctl files configure the host's own namespace only";

    private final Kernel kernel;
    private final RunningSettings running;
    private final DropIn file;

    LinuxTuning(Kernel kernel, Path file) {
        this.kernel = kernel;
        this.running = new RunningSettings(kernel);
        this.file = new DropIn(kernel.files(), file);
    }

    public static HostTuning of(Kernel kernel) {
        return kernel.recorded()
                ? HostTuning.none("a recording cannot be changed")
                : new LinuxTuning(kernel, Path.of(OWN_FILE));
    }

    @Override
    public Reading read(String setting, Place place) {
        if (!NetSetting.isOne(setting)) {
            return new Reading.Unset();
        }
        return switch (place) {
            case RUNNING -> running.read(setting);
            case PERSISTENT -> kernel.foreign() ? new Reading.Unknown(OTHER_NAMESPACE) : file.read(setting);
        };
    }

    @Override
    public ActOutcome write(String setting, Place place, @Nullable String text) {
        ActOutcome unfit = elsewhere(setting, place);
        unfit = unfit == null ? NetSetting.unfit(text) : unfit;
        if (unfit != null) {
            return unfit;
        }
        return place == Place.RUNNING ? running.write(setting, text) : file.write(setting, text);
    }

    @Override
    public @Nullable ActOutcome obstacle(String setting, Place place) {
        ActOutcome elsewhere = elsewhere(setting, place);
        if (elsewhere != null) {
            return elsewhere;
        }
        return place == Place.RUNNING ? running.obstacle(setting) : file.obstacle();
    }

    private @Nullable ActOutcome elsewhere(String setting, Place place) {
        if (!NetSetting.isOne(setting)) {
            return new ActOutcome.NotOnThisSystem(
                    "'" + setting + "' is not a setting of the network, such as net.ipv4.…");
        }
        return place == Place.PERSISTENT && kernel.foreign() ? new ActOutcome.NotOnThisSystem(OTHER_NAMESPACE) : null;
    }

    @Override
    public @Nullable Persistence persistence(String setting) {
        SysctlConfiguration configuration = kernel.foreign() ? null : SysctlConfiguration.whole(kernel.files());
        return configuration == null ? null : configuration.beside(setting, OWN_FILE);
    }

    @Override
    public @Nullable String caveat(Place place) {
        long own = kernel.namespace().inode();
        long init = place == Place.PERSISTENT && !kernel.foreign() ? Namespaces.ofInit() : 0;
        return own == 0 || init == 0 || init == own
                ? null
                : "The next start applies %s to the network namespace of process 1 (%d), which is not this one (%d)."
                        .formatted(OWN_FILE, init, own);
    }

    @Override
    public @Nullable Long cookie() {
        return kernel.cookie();
    }

    @Override
    public String startId() {
        try {
            byte[] id = kernel.files().read("/proc/sys/kernel/random/boot_id");
            return id == null ? "" : new String(id, StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
