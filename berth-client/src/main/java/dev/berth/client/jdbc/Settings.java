package dev.berth.client.jdbc;

import dev.berth.client.LocalPorts;
import dev.berth.client.LocalPortsBuilder;
import dev.berth.client.PortOrder;
import dev.berth.client.PortSharing;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the settings that {@link DriverPorts} documents. */
final class Settings {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|min)");

    private Settings() {}

    /** @throws IllegalArgumentException with a message fit for a person */
    static LocalPortsBuilder read(String text) {
        var builder = LocalPorts.builder();
        if (text.isBlank()) {
            return builder;
        }
        var seen = new HashSet<String>();
        for (String setting : text.split(";", -1)) {
            String name = apply(setting.strip(), builder);
            if (!seen.add(name)) {
                throw refused(setting, "'" + name + "' is there twice");
            }
        }
        if (seen.containsAll(Set.of("range", "ports"))) {
            throw refused(text, "want one of range and ports");
        }
        return builder;
    }

    /** Does what one setting says, and returns its name. */
    private static String apply(String setting, LocalPortsBuilder builder) {
        int sign = setting.indexOf('=');
        String name = sign < 0 ? setting : setting.substring(0, sign).strip();
        String value = sign < 0 ? null : setting.substring(sign + 1).strip();
        try {
            if (value == null) {
                set(builder, name);
            } else {
                set(builder, name, value);
            }
        } catch (IllegalArgumentException e) {
            throw refused(setting, e.getMessage());
        }
        return name;
    }

    private static void set(LocalPortsBuilder builder, String name) {
        switch (name) {
            case "outsideDynamicRange" -> builder.outsideDynamicRange();
            case "evenReserved" -> builder.evenReserved();
            case "reuseTimeWait" -> builder.reuseTimeWait();
            case "polite" -> builder.polite();
            default ->
                throw new IllegalArgumentException(
                        "want name=value, or one of outsideDynamicRange, evenReserved, reuseTimeWait, polite");
        }
    }

    private static void set(LocalPortsBuilder builder, String name, String value) {
        switch (name) {
            case "ports" -> builder.ports(PortSet.parse(value));
            case "range" -> builder.ports(PortSet.of(PortRange.parse(value)));
            case "dynamicRange" -> builder.dynamicRange(PortRange.parse(value));
            case "avoid" -> builder.avoid(PortSet.parse(value));
            case "sources" -> builder.sources(addresses(value));
            case "order" -> builder.order(constant(PortOrder.values(), value));
            case "attempts" -> builder.attempts(number(value));
            case "connectTimeout" -> builder.connectTimeout(time(value));
            case "timeWait" -> builder.timeWait(time(value));
            case "sharing" -> builder.sharing(constant(PortSharing.values(), value));
            case "destinations" -> builder.destinations(number(value));
            default ->
                throw new IllegalArgumentException("want ports, range, dynamicRange, avoid, sources, order, attempts,"
                        + " connectTimeout, timeWait, sharing or destinations before the =");
        }
    }

    private static List<InetAddress> addresses(String value) {
        return Arrays.stream(value.split(",", -1))
                .map(address -> numeric(address.strip()))
                .toList();
    }

    private static InetAddress numeric(String address) {
        try {
            return InetAddress.getByAddress(IpAddress.parse(address).toBytes());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // 4 or 16 bytes are always an address
        }
    }

    private static int number(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("want a whole number", e);
        }
    }

    private static Duration time(String value) {
        Matcher time = TIME.matcher(value);
        if (!time.matches()) {
            throw new IllegalArgumentException("want a number and its unit: 500ms, 62s, 4min");
        }
        ChronoUnit unit = switch (time.group(2)) {
            case "ms" -> ChronoUnit.MILLIS;
            case "s" -> ChronoUnit.SECONDS;
            default -> ChronoUnit.MINUTES;
        };
        return Duration.of(Long.parseLong(time.group(1)), unit);
    }

    private static <E extends Enum<E>> E constant(E[] constants, String value) {
        return Arrays.stream(constants)
                .filter(constant -> word(constant).equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("want one of "
                        + Arrays.stream(constants).map(Settings::word).collect(Collectors.joining(", "))));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static IllegalArgumentException refused(String setting, @Nullable String why) {
        return new IllegalArgumentException("local ports: '" + setting + "': " + why);
    }
}
