package dev.berth.linux.configured;

import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.ConfiguredServices;
import dev.berth.platform.ConfiguredServices.Service;
import dev.berth.platform.Gap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a host's configuration, as a capture keeps it: not the files, which are full of passwords. A line for
 * each service and each gap, its fields apart by tabs, and a dash where there is nothing.
 */
public final class ServiceLines {
    /** Where a recorded host has it. */
    public static final String PATH = "/configured-services";

    private static final String NOTHING = "-";
    private static final String SERVICE = "service";
    private static final String GAP = "gap";

    private ServiceLines() {}

    public static String text(ConfiguredServices services) {
        var text = new StringBuilder();
        for (Service service : services.services()) {
            append(
                    text,
                    SERVICE,
                    service.name(),
                    service.protocol().name(),
                    service.ports(),
                    service.address(),
                    service.unit(),
                    service.enabled(),
                    service.source());
        }
        for (Gap gap : services.gaps()) {
            append(text, GAP, gap.what(), gap.why());
        }
        return text.toString();
    }

    private static void append(StringBuilder text, @Nullable Object... fields) {
        var plain = new ArrayList<String>();
        for (Object field : fields) {
            plain.add(field == null ? NOTHING : field.toString().replaceAll("[\\t\\n\\r]", " "));
        }
        text.append(String.join("\t", plain)).append('\n');
    }

    /** Reads what {@link #text} wrote; a line that is none of its own is a gap. */
    public static ConfiguredServices parse(String text) {
        var services = new ArrayList<Service>();
        var gaps = new ArrayList<Gap>();
        for (String line : text.split("\n", -1)) {
            List<String> fields = List.of(line.split("\t", -1));
            if (line.isEmpty()) {
                continue;
            }
            if (fields.size() == 3 && fields.getFirst().equals(GAP)) {
                gaps.add(new Gap(fields.get(1), fields.get(2)));
                continue;
            }
            Service service = service(fields);
            if (service == null) {
                gaps.add(new Gap("a configured service", "the capture is damaged where it tells of it"));
            } else {
                services.add(service);
            }
        }
        return new ConfiguredServices(services, gaps);
    }

    private static @Nullable Service service(List<String> fields) {
        if (fields.size() != 8 || !fields.getFirst().equals(SERVICE)) {
            return null;
        }
        String address = orNull(fields.get(4));
        String enabled = orNull(fields.get(6));
        try {
            return new Service(
                    fields.get(1),
                    Protocol.valueOf(fields.get(2)),
                    PortRange.parse(fields.get(3)),
                    address == null ? null : IpAddress.parse(address),
                    orNull(fields.get(5)),
                    fields.get(7),
                    enabled == null ? null : Boolean.valueOf(enabled));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String orNull(String field) {
        return field.equals(NOTHING) ? null : field;
    }
}
