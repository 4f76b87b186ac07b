package dev.berth.windows.settings;

import dev.berth.platform.Gap;
import dev.berth.platform.Tunable;
import dev.berth.platform.Tunable.Assignment;
import dev.berth.platform.WindowsSetting;
import dev.berth.windows.system.Registry;
import dev.berth.windows.system.RegistryValue;
import dev.berth.windows.system.WindowsErrorException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Values of the registry that tuning advice for ports is about. What is in force is another matter: they are read at a start. */
final class RegistrySettings {
    /** The one that is a list. */
    private static final String RESERVED_PORTS = "ReservedPorts";

    private static final List<String> OF_TCPIP =
            List.of("MaxUserPort", "TcpTimedWaitDelay", "TcpNumConnections", RESERVED_PORTS, "StrictTimeWaitSeqCheck");

    private static final List<String> OF_HNS = List.of(
            "EnableExcludedPortRange",
            "ExcludedPortRangeStartPort",
            "ExcludedPortRangePortCount",
            "PreallocatePortRangeTCPStartPort",
            "PreallocatePortRangeTCPPortCount",
            "PreallocatePortRangeUDPStartPort",
            "PreallocatePortRangeUDPPortCount");

    private RegistrySettings() {}

    /** The key that a value of that name is below. */
    private static String key(String name) {
        return OF_HNS.contains(name) ? Registry.HNS : Registry.TCPIP;
    }

    static void read(Registry registry, Consumer<Tunable> found, Consumer<Gap> missing) {
        OF_TCPIP.forEach(name -> read(registry, name, found, missing));
        OF_HNS.forEach(name -> read(registry, name, found, missing));
    }

    private static void read(Registry registry, String name, Consumer<Tunable> found, Consumer<Gap> missing) {
        String setting = WindowsSetting.registry(name);
        String place = "HKLM\\" + key(name) + "\\" + name;
        try {
            RegistryValue value = registry.read(key(name), name);
            if (value != null) {
                found.accept(new Tunable(setting, null, List.of(new Assignment(place, 0, text(name, value)))));
            }
        } catch (WindowsErrorException e) {
            missing.accept(new Gap(setting, place + " cannot be read: " + e.getMessage()));
        }
    }

    /**
     * The number or list of ports as {@link WindowsSetting#registry} has it. A value of a type that Windows cannot take is
     * described instead, so that it is told from one it can.
     */
    private static String text(String name, RegistryValue value) {
        boolean list = name.equals(RESERVED_PORTS);
        return switch (value) {
            case RegistryValue.Dword(long number) -> list ? "number " + number : Long.toString(number);
            case RegistryValue.Text(var text) -> "text '" + text + "'";
            case RegistryValue.Lines(var lines) -> {
                String joined = String.join(",", lines);
                yield list ? joined : "lines '" + joined + "'";
            }
            case RegistryValue.Other(int type, int bytes) -> "%d bytes of type %d".formatted(bytes, type);
        };
    }

    /** The number, where it is one. */
    static @Nullable Long number(Registry registry, String name) {
        try {
            return registry.read(key(name), name) instanceof RegistryValue.Dword(long number) ? number : null;
        } catch (WindowsErrorException e) {
            return null; // told where it is read as a setting
        }
    }
}
