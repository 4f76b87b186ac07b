package dev.berth.linux.configured;

import dev.berth.linux.kernel.FilesInMemory;
import dev.berth.linux.kernel.KernelFiles;
import dev.berth.platform.ConfiguredServices;
import dev.berth.platform.ConfiguredServices.Service;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A host that a test configures, and what is told of it, a line for each service. */
final class Configured {
    private final FilesInMemory files = new FilesInMemory();

    /** A file of these lines. */
    Configured with(String path, String... lines) {
        files.with(path, String.join("\n", lines) + "\n");
        return this;
    }

    /** A service that is installed, and not enabled. */
    Configured installed(String unit) {
        return with("/usr/lib/systemd/system/" + unit, "[Service]");
    }

    Configured enabled(String unit) {
        return with("/etc/systemd/system/multi-user.target.wants/" + unit, "[Service]");
    }

    FilesInMemory files() {
        return files;
    }

    /** {@code PORTS/PROTOCOL [ADDRESS] from SOURCE}. */
    List<String> told() {
        return ConfiguredServicesReader.read(files).services().stream()
                .map(service -> place(service) + " from " + service.source())
                .toList();
    }

    /** {@code PORTS/PROTOCOL [ADDRESS]}. */
    List<String> places() {
        return ConfiguredServicesReader.read(files).services().stream()
                .map(Configured::place)
                .toList();
    }

    private static String place(Service service) {
        return service.ports() + "/" + service.protocol().label()
                + (service.address() == null ? "" : " " + service.address());
    }

    /** All there is to say about each: {@code NAME PORTS/PROTOCOL [ADDRESS], UNIT STATE, SOURCE}. */
    static String whole(KernelFiles files) {
        ConfiguredServices services = ConfiguredServicesReader.read(files);
        var text = new StringBuilder();
        for (Service service : services.services()) {
            text.append("%s %s, %s %s, %s\n"
                    .formatted(
                            service.name(),
                            place(service),
                            service.unit() == null ? "no unit" : service.unit(),
                            state(service.enabled()),
                            service.source()));
        }
        services.gaps().forEach(gap -> text.append("gap: %s\n".formatted(gap)));
        return text.toString();
    }

    private static String state(@Nullable Boolean enabled) {
        return enabled == null ? "unknown" : enabled ? "enabled" : "disabled";
    }
}
